package dev.hypercache.core.lead;

import static dev.hypercache.core.op.HoldKind.EXCLUSIVE;
import static dev.hypercache.core.op.HoldKind.LOAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.lead.HoldTicket.State;
import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Evict;
import dev.hypercache.core.op.Expire;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Outcome.Status;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.storage.HeapEntryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class KeyHoldTest {

    private static final ExpiryRule RULE = ExpiryRule.NEVER;
    private static final long HOLD_MAX = 30_000;

    private final Recorder recorder = new Recorder();
    private final SlotReplica replica = SlotReplica.alone(new HeapEntryStore<>());
    private final SlotLeader leader = new SlotLeader(new Ballot(1, 0, 0), replica, Object::equals, recorder);
    private final List<String> proceeded = new ArrayList<>();

    static Stream<EntryOp> mutations() {
        return Stream.of(
                new Put("k", "new", RULE),
                new PutIfAbsent("k", "new", RULE),
                new Replace("k", "new", RULE),
                new ReplaceIfEqual("k", "other", "new", RULE),
                new Remove("k"),
                new RemoveIfEqual("k", "other", RULE),
                new AtVersion(new Remove("k"), new Version(9, 9)));
    }

    static Stream<EntryOp> reads() {
        return Stream.of(new Get("k", RULE), new Touch("k", new Version(9, 9), RULE), new Expire("k"));
    }

    @Test
    void waitersAreGrantedInTheOrderInWhichTheyCame() {
        HoldTicket first = hold("first", EXCLUSIVE);
        List<HoldTicket> waiting =
                List.of(hold("second", EXCLUSIVE), hold("third", LOAD), hold("fourth", EXCLUSIVE), hold("fifth", LOAD));
        assertThat(first.state()).isEqualTo(State.GRANTED);
        assertThat(waiting).extracting(HoldTicket::state).containsOnly(State.WAITING);
        HoldTicket holder = first;
        for (HoldTicket next : waiting) {
            release(holder);
            assertThat(leader.holder("k")).isSameAs(next);
            assertThat(next.state()).isEqualTo(State.GRANTED);
            holder = next;
        }
        assertThat(proceeded).containsExactly("second", "third", "fourth", "fifth");
        release(holder);
        assertThat(leader.holder("k")).isNull();
    }

    @Test
    void holdThatIsFreeIsGrantedWithoutACall() {
        assertThat(hold("first", EXCLUSIVE).state()).isEqualTo(State.GRANTED);
        assertThat(proceeded).isEmpty();
        assertThat(leader.holder("k").owner()).isEqualTo("first");
    }

    @Test
    void tryHoldNeitherWaitsNorOvertakes() {
        HoldTicket first = hold("first", EXCLUSIVE);
        HoldTicket second = hold("second", EXCLUSIVE);
        HoldTicket impatient = ticket("impatient", EXCLUSIVE);
        assertThat(leader.tryHold(impatient)).isFalse();
        assertThat(impatient.state()).isEqualTo(State.NEW);
        release(first);
        assertThat(leader.tryHold(impatient)).isFalse();
        assertThat(leader.holder("k")).isSameAs(second);
    }

    @Test
    void releaseOfARefusedTicketFreesNothing() {
        HoldTicket first = hold("first", EXCLUSIVE);
        HoldTicket refused = ticket("refused", EXCLUSIVE);
        leader.tryHold(refused);
        release(refused);
        assertThat(leader.holder("k")).isSameAs(first);
    }

    @Test
    void secondReleaseOfATicketFreesNothing() {
        HoldTicket first = hold("first", EXCLUSIVE);
        HoldTicket second = hold("second", EXCLUSIVE);
        release(first);
        release(first);
        assertThat(leader.holder("k")).isSameAs(second);
        assertThat(second.state()).isEqualTo(State.GRANTED);
    }

    @Test
    void whoGivesUpWaitingLeavesTheQueue() {
        HoldTicket first = hold("first", EXCLUSIVE);
        HoldTicket second = hold("second", EXCLUSIVE);
        HoldTicket third = hold("third", EXCLUSIVE);
        release(second);
        release(first);
        assertThat(leader.holder("k")).isSameAs(third);
        assertThat(second.state()).isEqualTo(State.ENDED);
        assertThat(proceeded).containsExactly("third");
    }

    @Test
    void loadIsServedToThoseWhoWaitToLoadTheSameKey() {
        HoldTicket first = hold("first", LOAD);
        HoldTicket second = hold("second", LOAD);
        HoldTicket third = hold("third", EXCLUSIVE);
        HoldTicket fourth = hold("fourth", LOAD);
        leader.release(first, "loaded", 0);
        assertThat(List.of(second, fourth))
                .allSatisfy(served -> assertThat(served.result()).isEqualTo("loaded"))
                .extracting(HoldTicket::state)
                .containsOnly(State.SERVED);
        assertThat(third.state()).isEqualTo(State.GRANTED);
        assertThat(third.result()).isNull();
        release(second);
        release(fourth);
        assertThat(leader.holder("k")).as("whoever was served holds nothing").isSameAs(third);
    }

    @Test
    void brokenLoadIsServedToNobody() {
        HoldTicket first = hold("first", LOAD);
        HoldTicket second = hold("second", LOAD);
        leader.execute(new Remove("k"), null, 0);
        leader.release(first, "stale", 0);
        assertThat(second.state()).isEqualTo(State.GRANTED);
        assertThat(second.result()).isNull();
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void mutationBreaksALoadWhetherItFindsAnEntryOrNot(EntryOp mutation) {
        for (boolean present : new boolean[] {false, true}) {
            leader.clear(0);
            if (present) {
                leader.execute(new Put("k", "old", RULE), null, 0);
            }
            HoldTicket load = hold("load", LOAD);
            leader.execute(mutation, null, 0);
            assertThat(load.state()).as("present: " + present).isEqualTo(State.BROKEN);
            Outcome late = leader.execute(new AtVersion(new Put("k", "stale", RULE), null), load, 0);
            assertThat(late.status()).isEqualTo(Status.HOLD_LOST);
        }
    }

    @Test
    void mutationOfAnotherKeyLeavesALoadAlone() {
        HoldTicket load = hold("load", LOAD);
        leader.execute(new Put("other", "new", RULE), null, 0);
        assertThat(load.state()).isEqualTo(State.GRANTED);
    }

    @ParameterizedTest
    @MethodSource("reads")
    void readBreaksNoHold(EntryOp read) {
        for (HoldKind kind : HoldKind.values()) {
            HoldTicket holder = hold("holder", kind);
            assertThat(leader.execute(read, null, 0).status()).isNotEqualTo(Status.HELD);
            assertThat(holder.state()).isEqualTo(State.GRANTED);
            release(holder);
        }
    }

    @Test
    void holderOfALoadBreaksNotItself() {
        HoldTicket load = hold("load", LOAD);
        Outcome outcome = leader.execute(new Put("k", "loaded", RULE), load, 0);
        assertThat(outcome.applied()).isTrue();
        assertThat(load.state()).isEqualTo(State.GRANTED);
    }

    @Test
    void clearAndEvictionBreakLoads() {
        HoldTicket cleared = hold("cleared", LOAD);
        leader.clear(0);
        assertThat(cleared.state()).isEqualTo(State.BROKEN);
        HoldTicket evicted = hold("evicted", LOAD);
        leader.execute(new Evict("k"), null, 0);
        assertThat(evicted.state()).isEqualTo(State.BROKEN);
        HoldTicket asked = hold("asked", LOAD);
        leader.breakHolds(0);
        assertThat(asked.state()).isEqualTo(State.BROKEN);
        assertThat(leader.holder("k")).isNull();
    }

    @Test
    void clearBreaksTheLoadsOfAllKeysAndGrantsWhoWaits() {
        HoldTicket one = hold("one", LOAD);
        HoldTicket waiting = hold("waiting", EXCLUSIVE);
        HoldTicket other = new HoldTicket("other", LOAD, "other", () -> proceeded.add("other"));
        leader.hold(other, 0);
        leader.clear(0);
        assertThat(List.of(one, other)).extracting(HoldTicket::state).containsOnly(State.BROKEN);
        assertThat(waiting.state()).isEqualTo(State.GRANTED);
    }

    @Test
    void clearBreaksExclusiveHoldsToo() {
        HoldTicket cleared = hold("cleared", EXCLUSIVE);
        HoldTicket next = hold("next", EXCLUSIVE);
        leader.clear(0);
        assertThat(cleared.state()).isEqualTo(State.BROKEN);
        assertThat(next.state()).isEqualTo(State.GRANTED);
        leader.breakHolds(0);
        assertThat(next.state()).isEqualTo(State.BROKEN);
        assertThat(leader.hasHolds()).isFalse();
    }

    @Test
    void loadOfOneKeyIsBrokenOnDemand() {
        HoldTicket load = hold("load", LOAD);
        leader.breakLoad("other", 0);
        assertThat(load.state()).isEqualTo(State.GRANTED);
        leader.breakLoad("k", 0);
        assertThat(load.state()).isEqualTo(State.BROKEN);
        HoldTicket exclusive = hold("exclusive", EXCLUSIVE);
        leader.breakLoad("k", 0);
        assertThat(exclusive.state()).isEqualTo(State.GRANTED);
    }

    @Test
    void endOfLifeOfTheEntryLeavesALoadAlone() {
        leader.execute(new Put("k", "old", new ExpiryRule(100, -1, -1)), null, 0);
        HoldTicket load = hold("load", LOAD);
        leader.execute(new Expire("k"), null, 100);
        assertThat(load.state()).isEqualTo(State.GRANTED);
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void mutationBehindAnExclusiveHoldIsHeldAndDoesNothing(EntryOp mutation) {
        leader.execute(new Put("k", "old", RULE), null, 0);
        recorder.calls.clear();
        HoldTicket holder = hold("holder", EXCLUSIVE);
        assertThat(leader.execute(mutation, null, 0)).isSameAs(Outcome.held());
        assertThat(holder.state()).isEqualTo(State.GRANTED);
        assertThat(recorder.calls).isEmpty();
        assertThat(replica.get("k").value()).isEqualTo("old");
    }

    @Test
    void waitingIsNotHolding() {
        hold("holder", EXCLUSIVE);
        HoldTicket waiting = hold("waiting", EXCLUSIVE);
        assertThat(leader.execute(new Put("k", "new", RULE), waiting, 0)).isSameAs(Outcome.holdLost());
        assertThat(replica.size()).isZero();
    }

    @Test
    void holderOfAnExclusiveHoldMutatesItsKey() {
        HoldTicket holder = hold("holder", EXCLUSIVE);
        assertThat(leader.execute(new Put("k", "new", RULE), holder, 0).applied())
                .isTrue();
        release(holder);
        assertThat(leader.execute(new Put("k", "late", RULE), holder, 0)).isSameAs(Outcome.holdLost());
    }

    @Test
    void evictionPassesAnExclusiveHold() {
        leader.execute(new Put("k", "old", RULE), null, 0);
        HoldTicket holder = hold("holder", EXCLUSIVE);
        assertThat(leader.execute(new Evict("k"), null, 0).applied()).isTrue();
        assertThat(holder.state()).isEqualTo(State.GRANTED);
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void mutationPastTheHolderIsPerformedAndBreaksOnlyLoads(EntryOp mutation) {
        HoldTicket exclusive = hold("exclusive", EXCLUSIVE);
        assertThat(leader.executePastHolder(mutation, 0).status()).isNotIn(Status.HELD, Status.HOLD_LOST);
        assertThat(exclusive.state()).isEqualTo(State.GRANTED);
        release(exclusive);
        HoldTicket load = hold("load", LOAD);
        leader.executePastHolder(mutation, 0);
        assertThat(load.state()).isEqualTo(State.BROKEN);
    }

    @ParameterizedTest
    @EnumSource(HoldKind.class)
    void holdThatOthersWaitForTooLongGoesToTheNext(HoldKind kind) {
        HoldTicket hung = hold("hung", kind);
        HoldTicket next = ticket("next", kind);
        leader.hold(next, 500);
        HoldTicket last = ticket("last", kind);
        leader.hold(last, 900);
        assertThat(leader.breakOverdueHold("k", HOLD_MAX, 500 + HOLD_MAX - 1)).isFalse();
        assertThat(leader.breakOverdueHold("k", HOLD_MAX, 500 + HOLD_MAX)).isTrue();
        assertThat(hung.state()).isEqualTo(State.BROKEN);
        assertThat(next.state()).isEqualTo(State.GRANTED);
        assertThat(leader.breakOverdueHold("k", HOLD_MAX, 500 + HOLD_MAX))
                .as("the next one's time starts when it is granted")
                .isFalse();
        release(hung);
        assertThat(leader.holder("k")).as("a broken hold frees nothing").isSameAs(next);
        assertThat(leader.execute(new Put("k", "late", RULE), hung, HOLD_MAX)).isSameAs(Outcome.holdLost());
    }

    @Test
    void holdThatNobodyWaitsForMayLast() {
        HoldTicket holder = hold("holder", EXCLUSIVE);
        assertThat(leader.breakOverdueHold("k", HOLD_MAX, 10 * HOLD_MAX)).isFalse();
        assertThat(holder.state()).isEqualTo(State.GRANTED);
    }

    @Test
    void callersThatGiveUpAndComeAgainWearOutAHolder() {
        HoldTicket holder = hold("holder", EXCLUSIVE);
        release(hold("impatient", EXCLUSIVE));
        assertThat(leader.hasWaiters()).isFalse();
        assertThat(leader.breakOverdueHold("k", HOLD_MAX, HOLD_MAX))
                .as("while nobody waits")
                .isFalse();
        leader.hold(ticket("impatient", EXCLUSIVE), HOLD_MAX - 1);
        assertThat(leader.hasWaiters()).isTrue();
        assertThat(leader.breakOverdueHold("k", HOLD_MAX, HOLD_MAX - 1)).isFalse();
        assertThat(leader.breakOverdueHold("k", HOLD_MAX, HOLD_MAX)).isTrue();
        assertThat(holder.state()).isEqualTo(State.BROKEN);
        assertThat(leader.hasWaiters()).isFalse();
    }

    @Test
    void timeOfAHolderStartsWithItsFirstWaiter() {
        HoldTicket first = hold("first", EXCLUSIVE);
        HoldTicket second = hold("second", EXCLUSIVE);
        release(first);
        leader.hold(ticket("third", EXCLUSIVE), HOLD_MAX);
        assertThat(leader.breakOverdueHold("k", HOLD_MAX, 2 * HOLD_MAX - 1)).isFalse();
        assertThat(leader.breakOverdueHold("k", HOLD_MAX, 2 * HOLD_MAX)).isTrue();
        assertThat(second.state()).isEqualTo(State.BROKEN);
    }

    @Test
    void oneWaiterTooManyIsRefused() {
        hold("holder", EXCLUSIVE);
        for (int i = 0; i < KeyHolds.WAITERS_MAX; i++) {
            assertThat(leader.hold(ticket("waiter", EXCLUSIVE), 0)).isTrue();
        }
        HoldTicket refused = ticket("refused", EXCLUSIVE);
        assertThat(leader.hold(refused, 0)).isFalse();
        assertThat(refused.state()).isEqualTo(State.NEW);
        HoldTicket other = new HoldTicket("other", EXCLUSIVE, "other", () -> {});
        assertThat(leader.hold(other, 0)).as("the bound is one key's").isTrue();
    }

    private HoldTicket ticket(String owner, HoldKind kind) {
        return new HoldTicket("k", kind, owner, () -> proceeded.add(owner));
    }

    private HoldTicket hold(String owner, HoldKind kind) {
        HoldTicket ticket = ticket(owner, kind);
        assertThat(leader.hold(ticket, 0)).isTrue();
        return ticket;
    }

    private void release(HoldTicket ticket) {
        leader.release(ticket, null, 0);
    }
}
