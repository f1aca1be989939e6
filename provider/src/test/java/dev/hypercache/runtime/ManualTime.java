package dev.hypercache.runtime;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A clock that moves when a test says so. */
public final class ManualTime implements TimeSource {

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final AtomicReference<@Nullable Runnable> beforeNext = new AtomicReference<>();

    @Override
    public long millis() {
        Runnable first = beforeNext.getAndSet(null);
        if (first != null) {
            first.run();
        }
        return now.get();
    }

    public void advance(long millis) {
        now.addAndGet(millis);
    }

    /** Runs {@code action} on the thread that next asks for the time, before it is told. */
    void beforeNextAsk(Runnable action) {
        beforeNext.set(action);
    }
}
