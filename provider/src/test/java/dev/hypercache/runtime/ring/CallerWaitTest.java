package dev.hypercache.runtime.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller yields as long as that pays. */
final class CallerWaitTest {

    private static final int SOON = 10;
    private static final int LATE = 10_000;

    private final NodeMetrics metrics =
            NodeMetrics.create(Settings.load(ManagerUri.of(null), new Properties(), Sources.none()));
    private final AtomicLong clockNanos = new AtomicLong();
    private final CallerWait wait = wait(true);

    private CallerWait wait(boolean enabled) {
        // A microsecond goes by with each look at the clock, so yielding comes to an end on any machine.
        return new CallerWait(enabled, () -> clockNanos.addAndGet(1_000), new RingMetrics(metrics.node()));
    }

    @AfterEach
    void close() {
        metrics.close();
        Thread.interrupted();
    }

    /** Something that has ended when it is looked at for the n-th time; parked threads look again, for it wakes them before. */
    private static BooleanSupplier endsAt(int looks) {
        AtomicInteger looked = new AtomicInteger();
        Thread caller = Thread.currentThread();
        return () -> {
            LockSupport.unpark(caller);
            return looked.incrementAndGet() >= looks;
        };
    }

    private long yielded() {
        return metrics.node().read(MetricName.CALLERS_YIELDED);
    }

    private long parked() {
        return metrics.node().read(MetricName.CALLERS_PARKED);
    }

    @Test
    void whatHasEndedIsNotWaitedFor() {
        assertThat(wait.await(this, 1_000, endsAt(1))).isTrue();

        assertThat(yielded()).isZero();
        assertThat(parked()).isZero();
    }

    @Test
    void anAnswerThatComesSoonFindsTheCallerAwake() {
        assertThat(wait.await(this, 1_000, endsAt(SOON))).isTrue();

        assertThat(yielded()).isEqualTo(1);
        assertThat(parked()).isZero();
    }

    @Test
    void anAnswerThatComesLateFindsItParked() {
        assertThat(wait.await(this, 100_000, endsAt(LATE))).isTrue();

        assertThat(yielded()).isZero();
        assertThat(parked()).isEqualTo(1);
    }

    @Test
    void whoeverYieldsInVainParksAtOnceTheNextTimes() {
        wait.await(this, 100_000, endsAt(LATE)); // The next one parks.
        wait.await(this, 1_000, endsAt(SOON));
        wait.await(this, 100_000, endsAt(LATE)); // The next two do.
        wait.await(this, 1_000, endsAt(SOON));
        wait.await(this, 1_000, endsAt(SOON));
        assertThat(parked()).isEqualTo(5);
        assertThat(yielded()).isZero();

        wait.await(this, 1_000, endsAt(SOON));
        assertThat(yielded()).isEqualTo(1);
    }

    @Test
    void whoeverYieldsInVainAgainAndAgainStillTriesNowAndThen() {
        for (int i = 0; i < 4 * CallerWait.PARKS_MOST; i++) {
            wait.await(this, 100_000, endsAt(LATE));
        }
        int waits = 0;
        for (; yielded() == 0; waits++) {
            assertThat(waits).isLessThanOrEqualTo(CallerWait.PARKS_MOST);
            wait.await(this, 1_000, endsAt(SOON));
        }
        assertThat(waits).isGreaterThan(1);
    }

    @Test
    void aSecondCallerParks() {
        boolean[] second = new boolean[1];
        BooleanSupplier soon = endsAt(SOON);
        wait.await(this, 1_000, () -> {
            second[0] = second[0] || wait.await(this, 1_000, endsAt(SOON));
            return soon.getAsBoolean();
        });

        assertThat(second[0]).isTrue();
        assertThat(parked()).isEqualTo(1);
        assertThat(yielded()).isEqualTo(1);
    }

    @Test
    void nobodyYieldsIfThatIsOff() {
        assertThat(wait(false).await(this, 1_000, endsAt(SOON))).isTrue();

        assertThat(yielded()).isZero();
        assertThat(parked()).isEqualTo(1);
    }

    @Test
    void theWaitIsBounded() {
        assertThat(wait.await(this, 1, endsAt(Integer.MAX_VALUE))).isFalse();
    }

    @Test
    void anInterruptIsKeptForLaterOrEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThat(wait.await(this, 100_000, endsAt(LATE))).isTrue();
        assertThat(Thread.interrupted()).isTrue();

        Thread.currentThread().interrupt();
        assertThat(wait.awaitInterruptibly(this, 100_000, endsAt(LATE))).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
