package dev.hypercache.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is remembered of requests with an idempotency key, and for how long. */
@Timeout(30)
final class RepeatsTest {

    private static final byte[] ONE = {1};

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Repeats repeats = new Repeats(2, 100, nanos::get);
    private final AtomicInteger acts = new AtomicInteger();

    private FaceAnswer act() {
        return FaceAnswer.ok(Map.of("act", acts.incrementAndGet()));
    }

    @Test
    void answersAreForgottenWhenTheirTimeIsOver() {
        assertThat(repeats.answer("a", ONE, this::act).isRepeat()).isFalse();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(99));
        assertThat(repeats.answer("a", ONE, this::act).isRepeat()).isTrue();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(repeats.answer("a", ONE, this::act).isRepeat()).isFalse();
        assertThat(acts).hasValue(2);
    }

    @Test
    void nothingIsForgottenEarly() {
        repeats.answer("a", ONE, this::act);
        repeats.answer("b", ONE, this::act);
        assertThatExceptionOfType(FaceFailure.class)
                .isThrownBy(() -> repeats.answer("c", ONE, this::act))
                .satisfies(refused -> assertThat(refused.error()).isEqualTo(FaceError.OVERLOADED));
        assertThat(repeats.answer("a", ONE, this::act).isRepeat()).isTrue();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(repeats.answer("c", ONE, this::act).isRepeat()).isFalse();
    }

    @Test
    void whoComesWhileTheFirstActsGetsItsAnswer() throws Exception {
        CountDownLatch acting = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<FaceAnswer> first = CompletableFuture.supplyAsync(() -> repeats.answer("a", ONE, () -> {
            acting.countDown();
            awaitQuietly(done);
            return act();
        }));
        acting.await();
        CompletableFuture<FaceAnswer> second = new CompletableFuture<>();
        Thread waiting = new Thread(() -> second.complete(repeats.answer("a", ONE, this::act)));
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        done.countDown();
        assertThat(second.get().body()).isEqualTo(first.get().body());
        assertThat(second.get().isRepeat()).isTrue();
        assertThat(acts).hasValue(1);
    }

    @Test
    void whoWaitedForOneThatDidNothingActs() throws Exception {
        CountDownLatch acting = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<FaceAnswer> first = CompletableFuture.supplyAsync(() -> repeats.answer("a", ONE, () -> {
            acting.countDown();
            awaitQuietly(done);
            return FaceAnswer.failed(FaceError.NO_QUORUM, "no majority");
        }));
        acting.await();
        CompletableFuture<FaceAnswer> second = new CompletableFuture<>();
        Thread waiting = new Thread(() -> second.complete(repeats.answer("a", ONE, this::act)));
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        done.countDown();
        assertThat(first.get().error()).isEqualTo(FaceError.NO_QUORUM);
        assertThat(second.get().isRepeat()).isFalse();
        assertThat(acts).hasValue(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
