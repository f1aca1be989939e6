package dev.hypercache.conformance;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds user code at a place until the test lets it go on. */
final class Gate {

    private static final long SECONDS_AT_MOST = 20;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Called by the code that is held. */
    void pass() {
        reached.countDown();
        await(opened, "The test did not open the gate");
    }

    /** Waits until the code that is held has come. */
    void awaitArrival() {
        await(reached, "Nobody came to the gate");
    }

    void open() {
        opened.countDown();
    }

    private static void await(CountDownLatch latch, String otherwise) {
        try {
            if (!latch.await(SECONDS_AT_MOST, TimeUnit.SECONDS)) {
                throw new AssertionError(otherwise);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(otherwise, e);
        }
    }
}
