package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.AskHold;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.HoldAnswer;
import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome.Status;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A processor saw no entry and computes one under its hold while its slot changes the leader. What it stores must not bring
 * back what was removed meanwhile (ADR 0027).
 */
final class ReturningHolderTest {

    private static final int CACHE = 1;
    private static final int PROCESSOR = 8;
    private static final int EVICTOR = 9;
    private static final int OTHER_PROCESSOR = 10;
    private static final long HOLD = 77;
    private static final HoldLimits LIMITS = new HoldLimits(60_000, 1_000, 2_000);
    private static final SlotConfiguration VOTERS = SlotConfiguration.stable(1, MemberSet.of(1, 2, 3));
    private static final KeyBytes KEY = KeyBytes.of(CACHE, new byte[] {1});

    private final LeaderBench bench = new LeaderBench(VOTERS);
    private final List<LeaderBench.Sent> answers = new ArrayList<>();
    private Leadership leadership = leads(1, 1);
    private long heldSince;
    private HoldGrant grant = new HoldGrant(HOLD, 0, 0);
    private long requests;
    private long now;

    /** A member becomes the leader, and the one before does not lead any more. */
    private Leadership leads(int member, int round) {
        long ballot = new Ballot(1, round, member).packed();
        Leadership next = bench.leadership(member, ballot, LIMITS, LeaderBench.NOBODY);
        leadership = next;
        next.start(now);
        deliver();
        assertThat(next.isServing()).isTrue();
        return next;
    }

    private void deliver() {
        bench.deliver(leadership, now, sent -> sent.to() >= PROCESSOR && answers.add(sent));
    }

    private HoldAnswer.State asksForItsHold() {
        asks(PROCESSOR, heldSince);
        return hears();
    }

    private void asks(int client, long since) {
        RecordKey name = new RecordKey(CACHE, KEY);
        leadership.holds().on(client, new AskHold(0, HOLD, client, name, HoldKind.EXCLUSIVE, since, true, false), now);
        deliver();
    }

    /** What the processor was told last of its hold. */
    private HoldAnswer.State hears() {
        HoldAnswer answer = last(HoldAnswer.class, PROCESSOR);
        if (answer.state() == HoldAnswer.State.GRANTED) {
            heldSince = answer.ballot();
            grant = grant.ballot() == 0 ? new HoldGrant(HOLD, answer.ballot(), answer.grant()) : grant;
        }
        return answer.state();
    }

    private <T extends Message> T last(Class<T> type, int to) {
        LeaderBench.Sent found = null;
        for (LeaderBench.Sent each : answers) {
            found = each.to() == to && type.isInstance(each.message()) ? each : found;
        }
        return type.cast(Objects.requireNonNull(found, () -> type.getSimpleName() + " among " + answers)
                .message());
    }

    private void sends(int caller, EntryOp op, @Nullable HoldGrant hold) {
        long request = ++requests;
        RequestHead head = new RequestHead(request, new OpToken(caller, request, now), request, 1, 1, false, 5_000);
        leadership.execute(caller, new Execute(0, head, CACHE, op, false, hold), now);
        deliver();
    }

    private void evicts() {
        sends(EVICTOR, new Remove(KEY), null);
    }

    private Status stores() {
        sends(PROCESSOR, new AtVersion(new Put(KEY, "computed before", ExpiryRule.NEVER), null), grant);
        return last(Executed.class, PROCESSOR).outcome().status();
    }

    private void passes(long millis) {
        for (long end = now + millis; now < end; now += 10) {
            leadership.tick(now);
            deliver();
        }
    }

    @Test
    void goesOnIfNothingWasDoneToItsKey() {
        assertThat(asksForItsHold()).isEqualTo(HoldAnswer.State.GRANTED);
        leads(2, 2);
        assertThat(asksForItsHold()).isEqualTo(HoldAnswer.State.GRANTED);
        assertThat(stores()).isEqualTo(Status.APPLIED);
    }

    @Test
    void losesItsHoldToAnEvictionThatReachesTheNewLeaderFirst() {
        asksForItsHold();
        leads(2, 2);
        evicts();
        assertThat(last(Executed.class, EVICTOR).outcome().status()).isEqualTo(Status.UNMET);
        asksForItsHold();
        assertThat(stores()).isEqualTo(Status.HOLD_LOST);
    }

    @Test
    void losesItsHoldToAnEvictionThatHadWaitedForAsLongAsAHoldMayLast() {
        asksForItsHold();
        evicts();
        assertThat(answers).extracting(LeaderBench.Sent::message).noneMatch(Executed.class::isInstance);
        passes(LIMITS.holdMillisMax() + 100);
        assertThat(last(Executed.class, EVICTOR).outcome().status()).isEqualTo(Status.UNMET);
        leads(2, 2);
        asksForItsHold();
        assertThat(stores()).isEqualTo(Status.HOLD_LOST);
    }

    @Test
    void goesOnIfItsKeyWasTakenFromTheHolderBeforeIt() {
        asks(OTHER_PROCESSOR, 0);
        assertThat(asksForItsHold()).isEqualTo(HoldAnswer.State.WAITING);
        passes(LIMITS.holdMillisMax() + 100);
        assertThat(hears()).isEqualTo(HoldAnswer.State.GRANTED);
        leads(2, 2);
        assertThat(asksForItsHold()).isEqualTo(HoldAnswer.State.GRANTED);
        assertThat(stores()).isEqualTo(Status.APPLIED);
    }

    @Test
    void losesItsHoldIfSomebodyLedInBetween() {
        asksForItsHold();
        leads(2, 2);
        leads(3, 3);
        assertThat(asksForItsHold()).isEqualTo(HoldAnswer.State.GONE);
        assertThat(stores()).isEqualTo(Status.HOLD_LOST);
    }

    @Test
    void losesItsHoldIfItComesTooLate() {
        asksForItsHold();
        leads(2, 2);
        passes(LIMITS.graceMillis() + 10);
        evicts();
        assertThat(asksForItsHold()).isEqualTo(HoldAnswer.State.GONE);
        assertThat(stores()).isEqualTo(Status.HOLD_LOST);
    }

    @Test
    void holdsItsKeyAgainstWhoeverComesAfterIt() {
        asksForItsHold();
        leads(2, 2);
        asksForItsHold();
        evicts();
        assertThat(answers).extracting(LeaderBench.Sent::message).noneMatch(Executed.class::isInstance);
        assertThat(stores()).isEqualTo(Status.APPLIED);
        assertThat(answers).extracting(LeaderBench.Sent::message).noneMatch(Rejected.class::isInstance);
    }
}
