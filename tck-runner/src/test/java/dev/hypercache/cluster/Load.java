package dev.hypercache.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** Threads of an application that work without pause until they are ended. */
final class Load implements AutoCloseable {

    /** What is reported if a thread broke off. */
    static final String BROKEN = "broken ";

    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(20);

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    private Load() {}

    /**
     * Starts them.
     *
     * @param works makes the work of each, given what tells whether it is to end
     * @param events is told if a thread breaks off
     */
    static Load start(List<Function<BooleanSupplier, Runnable>> works, Consumer<String> events) {
        Load load = new Load();
        for (Function<BooleanSupplier, Runnable> work : works) {
            Thread thread = new Thread(work.apply(() -> load.ended));
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((unused, e) -> events.accept(BROKEN + e));
            load.threads.add(thread);
        }
        load.threads.forEach(Thread::start);
        return load;
    }

    /** Waits for what is under way. */
    @Override
    public void close() {
        ended = true;
        try {
            for (Thread thread : threads) {
                thread.join(END_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
