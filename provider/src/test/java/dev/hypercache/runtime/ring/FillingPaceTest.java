package dev.hypercache.runtime.ring;

import static dev.hypercache.core.control.TestRings.accepted;
import static dev.hypercache.core.control.TestRings.oneSlot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.control.AddLearners;
import dev.hypercache.core.control.BeginSwitch;
import dev.hypercache.core.control.CompleteSwitch;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.ring.MemberSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Writers are held back by as much as a copy that is being filled is late, and by nobody else. */
final class FillingPaceTest {

    private static final int SELF = 1;
    private static final int NEWCOMER = 2;
    private static final RecordKey NAME = new RecordKey(1, "key");

    private final ControlState alone = oneSlot(2, 1, "a", "b");
    private final ControlState learning = accepted(alone, new AddLearners(0, 1, MemberSet.of(NEWCOMER)));
    private final List<Long> pauses = new ArrayList<>();
    private long nowMillis;
    private final FillingPace pace = new FillingPace(() -> nowMillis, pauses::add);

    private static RecordEntry entry(long counter) {
        return new RecordEntry(NAME, StoredRecord.value("value", 5, counter, 50), Lineage.EMPTY, null);
    }

    private void send(long counter) {
        pace.sent(NEWCOMER, new Accept(0, 5, entry(counter), List.of(), 0, 0));
    }

    private void acknowledge(long counter) {
        pace.heard(NEWCOMER, new Accepted(0, 5, NAME, entry(counter).record().version(), 0));
    }

    @Test
    void nobodyWaitsWhereNothingIsFilled() {
        pace.follow(alone, SELF);
        send(1);
        nowMillis = 1_000;
        pace.await();

        assertThat(pauses).isEmpty();
    }

    @Test
    void writersWaitForHalfOfWhatACopyIsTooLate() {
        pace.follow(learning, SELF);
        send(1);
        nowMillis = 20;
        pace.await();
        assertThat(pauses).isEmpty();

        nowMillis = 40;
        pace.await();
        assertThat(pauses).containsExactly(10L);
        send(2);
        nowMillis = 50;
        acknowledge(2);
        pace.await();
        assertThat(pauses).as("the second write is not the one that is watched").containsExactly(10L, 15L);

        acknowledge(1);
        send(3);
        acknowledge(3);
        pace.await();
        assertThat(pauses).containsExactly(10L, 15L);
    }

    @Test
    void waitIsShortHoweverLateACopyIs() {
        pace.follow(learning, SELF);
        send(1);
        nowMillis = 4_999;
        pace.await();

        assertThat(pauses).containsExactly(20L);
    }

    @Test
    void silentCopyIsNotWaitedForAndWatchedAnew() {
        pace.follow(learning, SELF);
        send(1);
        nowMillis = 5_000;
        pace.await();
        assertThat(pauses).isEmpty();

        send(2);
        nowMillis = 5_030;
        pace.await();
        assertThat(pauses).containsExactly(5L);
    }

    @Test
    void copyIsWaitedForUntilItsSwitchIsComplete() {
        ControlState switching = accepted(learning, new BeginSwitch(0, 1, MemberSet.of(SELF, NEWCOMER)));
        pace.follow(switching, SELF);
        send(1);
        nowMillis = 30;
        pace.await();
        assertThat(pauses).containsExactly(5L);

        pace.follow(accepted(switching, new CompleteSwitch(0, 2)), SELF);
        pace.await();
        assertThat(pauses).containsExactly(5L);
    }

    @Test
    void pauseLastsThoughThePermitOfAnAnswerIsLeft() {
        LockSupport.unpark(Thread.currentThread());
        long begunNanos = System.nanoTime();

        FillingPace.pause(5);

        assertThat(System.nanoTime() - begunNanos).isGreaterThanOrEqualTo(5_000_000);
    }

    @Test
    void copyOfSlotsOfOthersIsNotWaitedFor() {
        pace.follow(learning, 3);
        send(1);
        nowMillis = 1_000;
        pace.await();

        assertThat(pauses).isEmpty();
    }
}
