package dev.hypercache.jcache;

import dev.hypercache.runtime.call.Abandonment;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An end that one thread brings about and others wait for. */
final class Closing {

    /** Longer than all the time limits of an end together. */
    private static final long TIMEOUT_SECONDS = 15;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Abandonment unwanted = new Abandonment();
    private @Nullable Thread closer;

    /** Whether the calling thread is the one to bring the end about. */
    synchronized boolean begin() {
        if (closer != null) {
            return false;
        }
        closer = Thread.currentThread();
        unwanted.say();
        return true;
    }

    /** Is said as soon as the end begins. */
    Abandonment unwanted() {
        return unwanted;
    }

    void end() {
        ended.countDown();
    }

    private synchronized boolean isCloser() {
        return closer == Thread.currentThread();
    }

    /** Waits for the end, within a time limit; the thread that brings it about does not wait for itself. */
    void await() {
        if (isCloser()) {
            return;
        }
        try {
            ended.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
