package dev.hypercache.core.leaderless;

import dev.hypercache.core.message.HolderHead;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.HybridClock;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.BitSet;

/** What the parts of one slot's machine share: the copy, the clocks, who holds the slot, and the way to the others. */
final class LeaderlessContext {

    private final SlotState state;
    private final LeaderlessSlot.Node node;
    private final LeaderlessCopy copy;
    private final HybridClock clock;
    private final HolderClocks clocks = new HolderClocks();
    private BitSet suspected = new BitSet();
    private long promised;
    private int epochHeard;

    LeaderlessContext(SlotState state, LeaderlessSlot.Node node) {
        this.state = state;
        this.node = node;
        this.copy = new LeaderlessCopy(node.stores(), node.secret());
        this.clock = new HybridClock(node.limits().offsetMaxMillis());
    }

    int slot() {
        return state.slot();
    }

    int self() {
        return node.self();
    }

    LeaderlessSlot.Node node() {
        return node;
    }

    LeaderlessLimits limits() {
        return node.limits();
    }

    LeaderlessCopy copy() {
        return copy;
    }

    SlotConfiguration configuration() {
        return state.configuration();
    }

    /** Whether a replica leaves with the switch under way. */
    boolean isLeaving(int member) {
        SlotConfiguration now = configuration();
        return now.isSwitching()
                && now.voters().contains(member)
                && !now.incoming().contains(member);
    }

    void suspect(BitSet newSuspected) {
        suspected = newSuspected;
    }

    boolean isSuspected(int member) {
        return suspected.get(member);
    }

    /** The steady clock, for waiting. */
    long nowMillis() {
        return state.nowMillis();
    }

    /** The slot's time, by which versions are given out and entries expire. */
    long timeMillis() {
        return clocks.millis(configuration().electors(), self(), ownMillis(), nowMillis());
    }

    /** The time by which requests are too old: the latest that it may be in the slot. */
    long requestMillis() {
        return clocks.latestMillis(configuration().electors(), self(), ownMillis(), nowMillis());
    }

    private long ownMillis() {
        return Math.max(state.clockMillis(), HybridClock.millisOf(clock.last()));
    }

    /**
     * The time by which ends of life are over for good: what this replica promised to be past stays past, though the slot's time
     * may go back with the clocks. Others may have dropped what ended before.
     */
    long endsMillis() {
        return Math.max(timeMillis(), HybridClock.millisOf(promised));
    }

    /** Another holder spoke. */
    void heard(int from, HolderHead head) {
        if (from != self()) {
            clocks.heard(from, head, nowMillis()); // Its own clock it knows, and it counts once.
        }
        epochHeard = Math.max(epochHeard, head.epoch());
    }

    /** Whether somebody spoke of an epoch that is not known here. */
    boolean isBehind() {
        return epochHeard > configuration().epoch();
    }

    /** Takes note of a stamp; false if it is from too far ahead. */
    boolean observe(long stamp) {
        return observe(stamp, 0);
    }

    /** Takes note of a stamp; false if it is from too far ahead of the slot's time, and of one that was taken before. */
    boolean observe(long stamp, long taken) {
        return clock.observe(stamp, Math.max(timeMillis(), HybridClock.millisOf(Math.max(promised, taken))));
    }

    /** Whether a stamp is from too far ahead. */
    boolean isAhead(long stamp) {
        return clock.isAhead(stamp, timeMillis());
    }

    /** Writes nothing up to a stamp any more. */
    void promise(long stamp) {
        promised = Math.max(promised, stamp);
    }

    long promised() {
        return promised;
    }

    /** The highest stamp that is not from the future: of what was seen, or of the slot's time. */
    long latestStamp() {
        long time = timeMillis();
        long now = HybridClock.stampOf(time);
        return clock.isAhead(clock.last(), time) ? now : Math.max(now, clock.last());
    }

    /** A new version, above another one and above everything seen and promised. */
    HybridVersion mint(HybridVersion above) {
        long stamp = clock.tick(timeMillis(), Math.max(promised, above.stamp()));
        return new HybridVersion(
                stamp, HybridVersion.originOf(self(), node.writes().getAsLong()));
    }

    /** A new version of a key, above what is held. */
    HybridVersion mint(RecordKey name) {
        return mint(copy.standing(name));
    }

    /** Whether this node may perform operations: its copy is filled and is not about to go. */
    boolean mayPerform() {
        return copy.isComplete() && configuration().targets().contains(self());
    }

    /** The head of a message that means a copy of its receiver. */
    HolderHead to(long itsCopy) {
        return new HolderHead(configuration().epoch(), itsCopy, state.clockMillis(), clock.last());
    }

    /** The head of an answer. */
    HolderHead own() {
        return to(state.copy());
    }

    /** Whether a message means this very copy, in this epoch. */
    boolean isMeant(HolderHead head) {
        return head.epoch() == configuration().epoch() && head.copy() == state.copy();
    }

    void send(int member, Message message) {
        node.out().send(member, message);
    }

    void happened(LeaderlessEvent event) {
        node.observer().happened(event);
    }

    @Override
    public String toString() {
        return "LeaderlessContext[" + state.slot() + ", wall " + state.clockMillis() + ", hybrid "
                + HybridClock.millisOf(clock.last()) + ", " + clocks + ", time " + timeMillis() + ", promised "
                + HybridClock.millisOf(promised) + ", " + copy + "]";
    }
}
