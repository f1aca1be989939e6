package dev.hypercache.core.lead;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.move.Moves;
import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.Floor;
import dev.hypercache.core.replica.SlotState;

/**
 * What the parts of one leadership share: who leads, by which ballot, and what it is told of the world.
 *
 * <p>Confined to its slot.
 */
final class LeaderContext {

    private final SlotState state;
    private final long ballot;
    private final Leadership.Surroundings surroundings;
    /** Of the surroundings, as that which each message needs. */
    private final int self;

    private final Outbox out;
    private final Sequence sequence = new Sequence();
    private long nowMillis;
    private long predecessor;
    private Version floorFound = Floor.NONE;

    LeaderContext(SlotState state, long ballot, Leadership.Surroundings surroundings) {
        this.state = state;
        this.ballot = ballot;
        this.surroundings = surroundings;
        this.self = surroundings.self();
        this.out = surroundings.out();
    }

    SlotState state() {
        return state;
    }

    int slot() {
        return state.slot();
    }

    long ballot() {
        return ballot;
    }

    int self() {
        return self;
    }

    /** The highest ballot below this one under which anybody may have led, packed; 0 before it is known or if there was none. */
    long predecessor() {
        return predecessor;
    }

    /** The version up to which deleted keys may have left no trace at any who promised. */
    Version floorFound() {
        return floorFound;
    }

    /** Enough have promised. */
    void elected(long ballotBefore, Version highestFloor) {
        predecessor = ballotBefore;
        floorFound = highestFloor;
    }

    Outbox out() {
        return out;
    }

    ValueEquality equality() {
        return surroundings.equality();
    }

    LeaderObserver observer() {
        return surroundings.observer();
    }

    HintLedger hints() {
        return surroundings.hints();
    }

    Moves moves() {
        return surroundings.moves();
    }

    HoldLimits holdLimits() {
        return surroundings.holdLimits();
    }

    /** Whether a member gave a sign of life just now. */
    boolean isHeard(int member) {
        return surroundings.isHeard().test(member);
    }

    Sequence sequence() {
        return sequence;
    }

    /** The steady clock, as of the event that is being dealt with. */
    long nowMillis() {
        return nowMillis;
    }

    void setNowMillis(long newNowMillis) {
        nowMillis = newNowMillis;
    }

    /** What is held for a key is there by no operation. */
    void agreed(RecordKey name) {
        surroundings.observer().agreed(name, state().replica(name.cache()).held(name.key()));
    }

    void happened(LeaderEvent event) {
        surroundings.observer().happened(event);
    }

    void reject(int caller, RequestHead head, Rejected.Reason reason) {
        rejectFor(caller, head, reason, self());
    }

    void rejectFor(int caller, RequestHead head, Rejected.Reason reason, int leader) {
        out().send(caller, Rejected.of(slot(), head, reason, leader, state.slotTimeMillis()));
    }
}
