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
    /** Each member that told its clock, and after it how far that was ahead of the steady one. */
    private long[] heard = {};

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
        if (place == heard.length) {
            heard = Arrays.copyOf(heard, place + 2);
            heard[place] = member;
        }
        heard[place + 1] = clockMillis - nowMillis;
    }

    private int placeOf(int member) {
        int place = 0;
        while (place < heard.length && heard[place] != member) {
            place += 2;
        }
        return place;
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
        long reached = reachedByMajority(wallMillis, voters, nowMillis);
        if (reached == Long.MIN_VALUE) {
            return false;
        }
        state.advanceTo(Math.min(wallMillis, reached + offsetMostMillis));
        return reached + offsetMostMillis < wallMillis;
    }

    /** The latest time that a majority's clocks show; they are so few that each is compared with each. */
    private long reachedByMajority(long wallMillis, MemberSet voters, long nowMillis) {
        long reached = Long.MIN_VALUE;
        for (int place = 0; place < voters.size(); place++) {
            long clock = clockOf(voters.get(place), wallMillis, nowMillis);
            if (clock > reached && isReachedByMajority(clock, wallMillis, voters, nowMillis)) {
                reached = clock;
            }
        }
        return reached;
    }

    private boolean isReachedByMajority(long millis, long wallMillis, MemberSet voters, long nowMillis) {
        int reaching = 0;
        for (int place = 0; place < voters.size(); place++) {
            reaching += clockOf(voters.get(place), wallMillis, nowMillis) >= millis ? 1 : 0;
        }
        return reaching >= voters.majority();
    }

    private long clockOf(int member, long wallMillis, long nowMillis) {
        if (member == self) {
            return wallMillis;
        }
        int place = placeOf(member);
        return place == heard.length ? Long.MIN_VALUE : nowMillis + heard[place + 1];
    }
}
