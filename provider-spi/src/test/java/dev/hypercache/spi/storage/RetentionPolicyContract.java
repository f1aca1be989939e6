package dev.hypercache.spi.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link RetentionPolicy} must do, whichever victims it prefers. */
public abstract class RetentionPolicyContract {

    private static final long START_MILLIS = 1_700_000_000_000L;

    private final Proposals proposals = new Proposals();

    /** A policy of the kind under test that knows no key. */
    protected abstract RetentionPolicy create(RetentionLimits limits, RetentionListener listener);

    /** How many milliseconds after its deadline an entry may be proposed at the latest; 0 for a policy without ticks. */
    protected long tickMillis() {
        return 0;
    }

    private RetentionPolicy create(long entriesMax, long weightMax) {
        return create(new RetentionLimits(entriesMax, weightMax), proposals);
    }

    private RetentionPolicy unbounded() {
        return create(RetentionLimits.unbounded(), proposals);
    }

    @Test
    void unboundedPolicyNeverProposesEvictions() {
        RetentionPolicy policy = unbounded();

        IntStream.range(0, 5_000).forEach(key -> policy.recordWritten(key, 1_000, RetentionPolicy.NEVER));
        policy.maintain(START_MILLIS);

        assertThat(proposals.evicted).isEmpty();
        assertThat(proposals.expired).isEmpty();
        assertThat(policy.nextDeadlineMillis()).isEqualTo(RetentionPolicy.NEVER);
    }

    @Test
    void entriesWithinTheBoundStay() {
        RetentionPolicy policy = create(100, RetentionLimits.UNBOUNDED);

        IntStream.range(0, 100).forEach(key -> policy.recordWritten(key, 1, RetentionPolicy.NEVER));
        policy.maintain(START_MILLIS);

        assertThat(proposals.evicted).isEmpty();
    }

    @Test
    void entriesBeyondTheBoundAreProposedOnceEach() {
        RetentionPolicy policy = create(100, RetentionLimits.UNBOUNDED);

        IntStream.range(0, 1_000).forEach(key -> policy.recordWritten(key, 1, RetentionPolicy.NEVER));
        policy.maintain(START_MILLIS);

        assertThat(proposals.evicted).hasSize(900).doesNotHaveDuplicates();
        assertThat(proposals.expired).isEmpty();
    }

    @Test
    void smallerBoundProposesWhatIsTooMuchAndALargerOneLetsMoreIn() {
        RetentionPolicy policy = create(100, RetentionLimits.UNBOUNDED);
        IntStream.range(0, 100).forEach(key -> policy.recordWritten(key, 1, RetentionPolicy.NEVER));
        policy.maintain(START_MILLIS);

        policy.limit(40, RetentionLimits.UNBOUNDED);
        policy.maintain(START_MILLIS);
        assertThat(proposals.evicted).hasSize(60);
        assertThat(policy.entries()).isEqualTo(40);

        policy.limit(200, RetentionLimits.UNBOUNDED);
        IntStream.range(1_000, 1_160).forEach(key -> policy.recordWritten(key, 1, RetentionPolicy.NEVER));
        policy.maintain(START_MILLIS);
        assertThat(proposals.evicted).hasSize(60);
        assertThat(policy.entries()).isEqualTo(200);

        policy.limit(0, RetentionLimits.UNBOUNDED);
        policy.maintain(START_MILLIS);
        assertThat(policy.entries()).isZero();
    }

    @Test
    void smallerBoundOnWeightProposesWhatIsTooMuch() {
        RetentionPolicy policy = create(RetentionLimits.UNBOUNDED, 1_000);
        IntStream.range(0, 10).forEach(key -> policy.recordWritten(key, 100, RetentionPolicy.NEVER));
        policy.maintain(START_MILLIS);

        policy.limit(RetentionLimits.UNBOUNDED, 500);
        policy.maintain(START_MILLIS);

        assertThat(policy.weight()).isBetween(1L, 500L);
        assertThat(proposals.evicted).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void weightBeyondTheBoundIsProposed() {
        RetentionPolicy policy = create(RetentionLimits.UNBOUNDED, 10_000);
        Map<Object, Long> weights = new HashMap<>();

        for (int key = 0; key < 500; key++) {
            long weight = 1 + key % 100;
            policy.recordWritten(key, weight, RetentionPolicy.NEVER);
            weights.put(key, weight);
        }
        policy.maintain(START_MILLIS);
        proposals.evicted.forEach(weights::remove);

        assertThat(weights.values().stream().mapToLong(Long::longValue).sum()).isBetween(1L, 10_000L);
    }

    @Test
    void rewrittenEntryCountsItsNewWeightAlone() {
        RetentionPolicy policy = create(RetentionLimits.UNBOUNDED, 100);

        for (int write = 0; write < 50; write++) {
            policy.recordWritten("one", 90, RetentionPolicy.NEVER);
        }
        policy.recordWritten("one", 10, RetentionPolicy.NEVER);
        policy.recordWritten("two", 90, RetentionPolicy.NEVER);
        policy.maintain(START_MILLIS);

        assertThat(proposals.evicted).isEmpty();
    }

    @Test
    void entryHeavierThanTheBoundIsProposed() {
        RetentionPolicy policy = create(RetentionLimits.UNBOUNDED, 100);

        policy.recordWritten("heavy", 101, RetentionPolicy.NEVER);
        policy.maintain(START_MILLIS);

        assertThat(proposals.evicted).containsExactly("heavy");
    }

    @Test
    void removedEntriesMakeRoom() {
        RetentionPolicy policy = create(10, RetentionLimits.UNBOUNDED);

        for (int key = 0; key < 1_000; key++) {
            policy.recordWritten(key, 1, RetentionPolicy.NEVER);
            policy.recordRemoved(key);
        }
        IntStream.range(0, 10).forEach(key -> policy.recordWritten(key, 1, RetentionPolicy.NEVER));
        policy.maintain(START_MILLIS);

        assertThat(proposals.evicted).isEmpty();
    }

    @Test
    void clearedPolicyProposesNothingItKnewBefore() {
        RetentionPolicy policy = create(10, RetentionLimits.UNBOUNDED);
        IntStream.range(0, 10).forEach(key -> policy.recordWritten(key, 1, START_MILLIS));

        policy.cleared();
        policy.maintain(START_MILLIS + tickMillis() + 1);

        assertThat(proposals.evicted).isEmpty();
        assertThat(proposals.expired).isEmpty();
        assertThat(policy.nextDeadlineMillis()).isEqualTo(RetentionPolicy.NEVER);
    }

    @Test
    void strangersAreNoConcern() {
        RetentionPolicy policy = create(10, RetentionLimits.UNBOUNDED);

        policy.recordRead("stranger");
        policy.recordRemoved("stranger");
        policy.maintain(START_MILLIS);

        assertThat(proposals.evicted).isEmpty();
        assertThat(proposals.expired).isEmpty();
    }

    @Test
    void entryIsProposedForExpiryAtItsDeadlineAndOnce() {
        RetentionPolicy policy = unbounded();
        policy.maintain(START_MILLIS);
        policy.recordWritten("short", 1, START_MILLIS + 5_000);
        policy.recordWritten("endless", 1, RetentionPolicy.NEVER);

        policy.maintain(START_MILLIS + 4_999);
        assertThat(proposals.expired).isEmpty();
        policy.maintain(START_MILLIS + 5_000 + tickMillis());
        assertThat(proposals.expired).containsExactly("short");
        policy.maintain(START_MILLIS + 60_000 + tickMillis());

        assertThat(proposals.expired).containsExactly("short");
        assertThat(proposals.evicted).isEmpty();
    }

    @Test
    void entryWrittenWithAPastDeadlineIsProposed() {
        RetentionPolicy policy = unbounded();
        policy.maintain(START_MILLIS);

        policy.recordWritten("late", 1, START_MILLIS - 1_000);
        policy.maintain(START_MILLIS + tickMillis());

        assertThat(proposals.expired).containsExactly("late");
    }

    @Test
    void rewrittenEntryKeepsItsNewDeadlineAlone() {
        RetentionPolicy policy = unbounded();
        policy.maintain(START_MILLIS);
        policy.recordWritten("longer", 1, START_MILLIS + 1_000);
        policy.recordWritten("longer", 1, START_MILLIS + 90_000);
        policy.recordWritten("shorter", 1, START_MILLIS + 90_000);
        policy.recordWritten("shorter", 1, START_MILLIS + 1_000);
        policy.recordWritten("spared", 1, START_MILLIS + 1_000);
        policy.recordWritten("spared", 1, RetentionPolicy.NEVER);

        policy.maintain(START_MILLIS + 1_000 + tickMillis());
        assertThat(proposals.expired).containsExactly("shorter");
        policy.maintain(START_MILLIS + 90_000 + tickMillis());

        assertThat(proposals.expired).containsExactly("shorter", "longer");
    }

    @Test
    void removedEntryIsNeverProposed() {
        RetentionPolicy policy = unbounded();
        policy.recordWritten("gone", 1, START_MILLIS);

        policy.recordRemoved("gone");
        policy.maintain(START_MILLIS + tickMillis());

        assertThat(proposals.expired).isEmpty();
        assertThat(policy.nextDeadlineMillis()).isGreaterThanOrEqualTo(START_MILLIS);
    }

    @Test
    void nextDeadlineIsInTimeForTheEarliestEntry() {
        RetentionPolicy policy = unbounded();
        policy.maintain(START_MILLIS);

        policy.recordWritten("later", 1, START_MILLIS + 50_000);
        policy.recordWritten("sooner", 1, START_MILLIS + 3_000);

        assertThat(policy.nextDeadlineMillis()).isBetween(START_MILLIS, START_MILLIS + 3_000 + tickMillis());
    }

    @Test
    void callingAtEachDeadlineProposesEverythingInTime() {
        RetentionPolicy policy = unbounded();
        policy.maintain(START_MILLIS);
        Random random = new Random(7);
        Map<Object, Long> deadlines = new HashMap<>();
        for (int key = 0; key < 300; key++) {
            long deadline = START_MILLIS + 1 + random.nextInt(3_600_000);
            deadlines.put(key, deadline);
            policy.recordWritten(key, 1, deadline);
        }

        int calls = 0;
        long now = START_MILLIS;
        while (policy.nextDeadlineMillis() != RetentionPolicy.NEVER) {
            assertThat(++calls).as("calls until all is done").isLessThan(100_000);
            now = Math.max(now + 1, policy.nextDeadlineMillis());
            policy.maintain(now);
            for (Object key = proposals.expired.poll(); key != null; key = proposals.expired.poll()) {
                Long deadline = deadlines.remove(key);
                assertThat(deadline).as("%s is proposed once", key).isNotNull();
                assertThat(now).isBetween(deadline, deadline + tickMillis());
            }
        }

        assertThat(deadlines).isEmpty();
    }

    @Test
    void declinedEntryIsKnownAgainOnceRecordedAgain() {
        RetentionPolicy policy = unbounded();
        policy.recordWritten("touched", 1, START_MILLIS);
        policy.maintain(START_MILLIS + tickMillis());

        policy.recordWritten("touched", 1, START_MILLIS + 10_000);
        policy.maintain(START_MILLIS + 10_000 + tickMillis());

        assertThat(proposals.expired).containsExactly("touched", "touched");
    }

    @Test
    void clockThatGoesBackExpiresNothingEarlyOrTwice() {
        RetentionPolicy policy = unbounded();
        policy.recordWritten("first", 1, START_MILLIS);
        policy.maintain(START_MILLIS + tickMillis());

        policy.maintain(START_MILLIS - 3_600_000);
        policy.recordWritten("second", 1, START_MILLIS + 10_000);
        policy.maintain(START_MILLIS + 9_999);

        assertThat(proposals.expired).containsExactly("first");
        policy.maintain(START_MILLIS + 10_000 + tickMillis());
        assertThat(proposals.expired).containsExactly("first", "second");
    }

    @Test
    void wrongArgumentsAreRefused() {
        RetentionPolicy policy = unbounded();

        assertThatNullPointerException()
                .isThrownBy(() -> policy.recordWritten(StoreKey.none(), 1, RetentionPolicy.NEVER));
        assertThatNullPointerException().isThrownBy(() -> policy.recordRead(StoreKey.none()));
        assertThatNullPointerException().isThrownBy(() -> policy.recordRemoved(StoreKey.none()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.recordWritten("key", -1, RetentionPolicy.NEVER))
                .withMessageContaining("-1");
    }

    @Test
    void boundHoldsWhenManyThreadsWroteAtOnce() throws InterruptedException {
        RetentionPolicy policy = create(50, RetentionLimits.UNBOUNDED);
        int writers = 4;
        int keysEach = 3_000;
        CountDownLatch finished = new CountDownLatch(writers);
        for (int writer = 0; writer < writers; writer++) {
            int first = writer * keysEach;
            Thread thread = new Thread(() -> {
                for (int key = first; key < first + keysEach; key++) {
                    policy.recordWritten(key, 1, RetentionPolicy.NEVER);
                    policy.recordRead(first);
                }
                finished.countDown();
            });
            thread.setDaemon(true);
            thread.start();
        }

        assertThat(finished.await(1, TimeUnit.MINUTES)).isTrue();
        policy.maintain(START_MILLIS);

        assertThat(proposals.evicted).hasSize(writers * keysEach - 50).doesNotHaveDuplicates();
    }

    /** Notes what was proposed, as the contract of the listener demands. */
    private static final class Proposals implements RetentionListener {

        private final Queue<Object> evicted = new ConcurrentLinkedQueue<>();
        private final Queue<Object> expired = new ConcurrentLinkedQueue<>();

        @Override
        public void proposeEviction(Object key) {
            evicted.add(key);
        }

        @Override
        public void proposeExpiry(Object key) {
            expired.add(key);
        }
    }
}
