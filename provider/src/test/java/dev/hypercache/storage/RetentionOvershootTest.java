package dev.hypercache.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.spi.storage.RetentionLimits;
import dev.hypercache.spi.storage.RetentionListener;
import dev.hypercache.spi.storage.RetentionPolicy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Stops a thread in the midst of Caffeine's maintenance, as a scheduler may, and lets another one write. */
final class RetentionOvershootTest {

    private static final int BOUND = 10;
    private static final int PLENTY = 100_000;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch resume = new CountDownLatch(1);

    @Test
    void writersWaitForAStoppedOneSoonAfterTheBound() throws InterruptedException {
        RetentionPolicy policy =
                new CaffeineRetentions().create(new RetentionLimits(BOUND, RetentionLimits.UNBOUNDED), new Unheard());
        AtomicInteger written = new AtomicInteger();
        Thread maintainer = start(() -> {
            for (int key = 0; key <= BOUND; key++) {
                policy.recordWritten(new StoppingKey(), 1, RetentionPolicy.NEVER);
            }
        });
        assertThat(stopped.await(1, TimeUnit.MINUTES)).as("stopped at work").isTrue();
        Thread writer = start(() -> {
            for (int key = 0; key < PLENTY; key++) {
                policy.recordWritten(key, 1, RetentionPolicy.NEVER);
                written.incrementAndGet();
            }
        });

        await().until(() -> writer.getState() == Thread.State.WAITING || !writer.isAlive());
        assertThat(written).hasValueLessThanOrEqualTo(BOUND + CaffeineRetention.OVERSHOOT_MAX);

        resume.countDown();
        maintainer.join();
        writer.join();
        assertThat(written).hasValue(PLENTY);
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work, "overshoot");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Stops the first thread that asks for its hash while it maintains the policy. */
    private final class StoppingKey {
        @Override
        public int hashCode() {
            boolean maintaining = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getMethodName().equals("maintenance")));
            if (maintaining && stopped.getCount() > 0) {
                stopped.countDown();
                try {
                    resume.await();
                } catch (InterruptedException e) {
                    throw new AssertionError("nobody interrupts this thread", e);
                }
            }
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    private static final class Unheard implements RetentionListener {
        @Override
        public void proposeEviction(Object key) {
            // Only the number of writes matters here.
        }

        @Override
        public void proposeExpiry(Object key) {
            // Nothing expires here.
        }
    }
}
