package dev.hypercache.core.lead;

import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.MemberSet;
import java.util.Arrays;

/**
 * The time of a slot as its leader lets it go on: by its own clock, but no further ahead than a majority's clocks allow.
 *
 * <p>One clock that is wrong by an hour must not make every entry of the slots expire that its node leads (CONSISTENCY §2).
 * Followers tell their clocks with their answers; between two answers a clock is taken to go on as the leader's steady one.
 * Confined to its slot.
 */
final class SlotTime {

    private final SlotState state;
    private final int self;
    private final long offsetMostMillis;
    /** Who told its clock, what that showed, and when the answer arrived; at most one place for each member. */
    private int[] members = {};

    private long[] clocksMillis = {};
    private long[] heardAtMillis = {};

    /**
     * @param offsetMostMillis by how much slot time may be ahead of the clock that a majority has reached
     */
    SlotTime(SlotState state, int self, long offsetMostMillis) {
        this.state = state;
        this.self = self;
        this.offsetMostMillis = offsetMostMillis;
    }

    /** A follower told its clock. */
    void heard(int member, long clockMillis, long nowMillis) {
        int place = placeOf(member);
        if (place < 0) {
            place = members.length;
            members = Arrays.copyOf(members, place + 1);
            clocksMillis = Arrays.copyOf(clocksMillis, place + 1);
            heardAtMillis = Arrays.copyOf(heardAtMillis, place + 1);
            members[place] = member;
        }
        clocksMillis[place] = clockMillis;
        heardAtMillis[place] = nowMillis;
    }

    private int placeOf(int member) {
        for (int place = 0; place < members.length; place++) {
            if (members[place] == member) {
                return place;
            }
        }
        return -1;
    }

    /**
     * Lets slot time go on.
     *
     * @param wallMillis this node's wall clock
     * @param voters whose clocks count; nothing happens while fewer than a majority's are known
     * @param nowMillis the steady clock
     * @return whether the majority's clocks kept the own one back
     */
    boolean advance(long wallMillis, MemberSet voters, long nowMillis) {
        long[] clocks = new long[voters.size()];
        for (int place = 0; place < clocks.length; place++) {
            clocks[place] = clockOf(voters.get(place), wallMillis, nowMillis);
        }
        Arrays.sort(clocks);
        long reached = clocks[clocks.length - voters.majority()];
        if (reached == Long.MIN_VALUE) {
            return false;
        }
        state.advanceTo(Math.min(wallMillis, reached + offsetMostMillis));
        return reached + offsetMostMillis < wallMillis;
    }

    private long clockOf(int member, long wallMillis, long nowMillis) {
        if (member == self) {
            return wallMillis;
        }
        int place = placeOf(member);
        return place < 0 ? Long.MIN_VALUE : clocksMillis[place] + (nowMillis - heardAtMillis[place]);
    }
}
