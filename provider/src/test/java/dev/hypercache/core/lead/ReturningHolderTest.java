package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.hint.HintLimits;
import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.AskHold;
import dev.hypercache.core.message.AskVersions;
import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.message.Confirmed;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.HoldAnswer;
import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Prepare;
import dev.hypercache.core.message.Promise;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.message.VersionPage;
import dev.hypercache.core.move.MoveLimits;
import dev.hypercache.core.move.Moves;
import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome.Status;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.replica.Follower;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.storage.HeapEntryStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
    private static final long HOLD = 77;
    private static final HoldLimits LIMITS = new HoldLimits(60_000, 1_000, 2_000);
    private static final SlotConfiguration VOTERS = SlotConfiguration.stable(1, MemberSet.of(1, 2, 3));
    private static final KeyBytes KEY = KeyBytes.of(CACHE, new byte[] {1});

    private record Sent(int to, Message message) {}

    private final Map<Integer, SlotState> states = new TreeMap<>();
    private final ArrayDeque<Sent> network = new ArrayDeque<>();
    private final List<Sent> answers = new ArrayList<>();
    private Leadership leadership = leads(1, 1);
    private long heldSince;
    private HoldGrant grant = new HoldGrant(HOLD, 0, 0);
    private long requests;
    private long now;

    private SlotState state(int member) {
        return states.computeIfAbsent(
                member,
                unused ->
                        new SlotState(0, 1, VOTERS, cache -> new HeapEntryStore<>(), 5_500, new FingerprintKey(1, 2)));
    }

    /** A member becomes the leader, and the one before does not lead any more. */
    private Leadership leads(int member, int round) {
        long ballot = new Ballot(1, round, member).packed();
        Leadership next = new Leadership(
                state(member),
                ballot,
                new Leadership.Surroundings(
                        member,
                        (to, message) -> network.add(new Sent(to, message)),
                        Object::equals,
                        (name, change, before, after) -> {},
                        LIMITS,
                        new HintLedger(new HintLimits(true, 3_600_000, 200, 1_000, 1_000, 1 << 20)),
                        new Moves(MoveLimits.NONE),
                        500,
                        other -> true));
        leadership = next;
        state(member).admit(ballot);
        next.start(now);
        deliver();
        assertThat(next.isServing()).isTrue();
        return next;
    }

    private void deliver() {
        leadership.afterEvent();
        for (Sent one = network.poll(); one != null; one = network.poll()) {
            if (one.to() >= PROCESSOR) {
                answers.add(one);
            } else {
                deliver(one.to(), one.message());
            }
            leadership.afterEvent();
        }
    }

    private void deliver(int to, Message message) {
        Follower follower = new Follower(state(to));
        if (message instanceof Prepare prepare && follower.answer(prepare) instanceof Promise promise) {
            leadership.on(to, promise, now);
        } else if (message instanceof AskVersions ask) {
            follower.answer(ask).forEach(page -> leadership.on(to, (VersionPage) page, now));
        } else if (message instanceof Accept accept && follower.answer(accept) instanceof Accepted accepted) {
            leadership.on(to, accepted, now);
        } else if (message instanceof Confirm confirm && follower.answer(confirm) instanceof Confirmed confirmed) {
            leadership.on(to, confirmed, now);
        }
    }

    private HoldAnswer.State asksForItsHold() {
        RecordKey name = new RecordKey(CACHE, KEY);
        leadership
                .holds()
                .on(PROCESSOR, new AskHold(0, HOLD, PROCESSOR, name, HoldKind.EXCLUSIVE, heldSince, true, false), now);
        deliver();
        HoldAnswer answer = last(HoldAnswer.class, PROCESSOR);
        if (answer.state() == HoldAnswer.State.GRANTED) {
            heldSince = answer.ballot();
            grant = grant.ballot() == 0 ? new HoldGrant(HOLD, answer.ballot(), answer.grant()) : grant;
        }
        return answer.state();
    }

    private <T extends Message> T last(Class<T> type, int to) {
        Sent found = null;
        for (Sent each : answers) {
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
        assertThat(answers).extracting(Sent::message).noneMatch(Executed.class::isInstance);
        passes(LIMITS.holdMillisMax() + 100);
        assertThat(last(Executed.class, EVICTOR).outcome().status()).isEqualTo(Status.UNMET);
        leads(2, 2);
        asksForItsHold();
        assertThat(stores()).isEqualTo(Status.HOLD_LOST);
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
        assertThat(answers).extracting(Sent::message).noneMatch(Executed.class::isInstance);
        assertThat(stores()).isEqualTo(Status.APPLIED);
        assertThat(answers).extracting(Sent::message).noneMatch(Rejected.class::isInstance);
    }
}
