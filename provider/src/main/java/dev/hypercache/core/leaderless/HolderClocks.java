package dev.hypercache.core.leaderless;

import dev.hypercache.core.message.HolderHead;
import dev.hypercache.core.record.HybridClock;
import dev.hypercache.core.ring.MemberSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What time it is in a slot: the latest that a majority of its replicas has reached, of those that were heard.
 *
 * <p>Each message between replicas says what its sender's clock shows and how far its hybrid clock got. Between messages a
 * peer's clock is assumed to go on as this node's steady clock does, so this node's own wall clock may jump and nothing else
 * changes. A single clock, be it fast or slow, moves nobody; a replica that has heard fewer clocks than a majority
 * goes by all that it ever heard in the slot, of which it remembers the latest {@value #HEARD_MAX}.
 *
 * <p>What is heard may be old: under way for long, or read late by a node that was paused. So a clock is turned back only by what
 * is heard for some time, and by the highest of it. Of a peer that is heard for the first time there is nothing better to go by;
 * for that long {@link #latestMillis} says how late it may be.
 */
final class HolderClocks {

    private static final int HEARD_MAX = 32;

    /** So long only lower times are heard before one is believed: a message may have been under way for long. */
    private static final long DOUBT_MILLIS = 3_000;

    /**
     * A peer's clock, and since when it seems to have gone back.
     *
     * @param doubtedAheadMillis the highest that was heard since then
     */
    private record Heard(
            long firstHeardMillis,
            long wallAheadMillis,
            long stampMillis,
            long doubtedSinceMillis,
            long doubtedAheadMillis) {

        static Heard certain(long firstHeardMillis, long aheadMillis, long stampMillis) {
            return new Heard(firstHeardMillis, aheadMillis, stampMillis, CERTAIN, Long.MIN_VALUE);
        }

        Heard doubted(long aheadMillis, long newStampMillis, long sinceMillis) {
            long highest = Math.max(doubtedAheadMillis, aheadMillis);
            return new Heard(firstHeardMillis, wallAheadMillis, newStampMillis, sinceMillis, highest);
        }

        long reachedMillis(long steadyMillis) {
            return Math.max(steadyMillis + wallAheadMillis, stampMillis);
        }
    }

    private static final long CERTAIN = Long.MAX_VALUE;
    private static final long NOBODY_IS_NEW = Long.MAX_VALUE;

    private final Map<Integer, Heard> heard = new LinkedHashMap<>();

    void heard(int from, HolderHead head, long steadyMillis) {
        Heard known = heard.remove(from);
        if (heard.size() >= HEARD_MAX) {
            heard.remove(heard.keySet().iterator().next());
        }
        heard.put(from, newest(known, head, steadyMillis));
    }

    private static Heard newest(@Nullable Heard known, HolderHead head, long steadyMillis) {
        long ahead = head.wallMillis() - steadyMillis;
        long stamp = HybridClock.millisOf(head.stamp());
        if (known == null) {
            return Heard.certain(steadyMillis, ahead, stamp);
        }
        if (ahead >= known.wallAheadMillis()) {
            return Heard.certain(known.firstHeardMillis(), ahead, stamp);
        }
        if (known.doubtedSinceMillis() == CERTAIN || steadyMillis - known.doubtedSinceMillis() < DOUBT_MILLIS) {
            return known.doubted(ahead, stamp, Math.min(known.doubtedSinceMillis(), steadyMillis));
        }
        long believed = Math.max(known.doubtedAheadMillis(), ahead);
        Heard lower = Heard.certain(known.firstHeardMillis(), believed, stamp);
        return ahead == believed ? lower : lower.doubted(ahead, stamp, steadyMillis);
    }

    /**
     * The time in the slot.
     *
     * @param electors who counts
     * @param self this node, whose own clock got to {@code ownMillis}
     */
    long millis(MemberSet electors, int self, long ownMillis, long steadyMillis) {
        return millis(electors, self, ownMillis, steadyMillis, NOBODY_IS_NEW);
    }

    /** How late it may be in the slot: who was heard for the first time just now may have got as far as this node. */
    long latestMillis(MemberSet electors, int self, long ownMillis, long steadyMillis) {
        return millis(electors, self, ownMillis, steadyMillis, steadyMillis - DOUBT_MILLIS);
    }

    private long millis(MemberSet electors, int self, long ownMillis, long steadyMillis, long newSinceMillis) {
        long[] reached = new long[electors.size()];
        int known = 0;
        for (int member : electors.toArray()) {
            Heard of = heard.get(member);
            if (member == self) {
                reached[known++] = ownMillis;
            } else if (of != null) {
                reached[known++] = reachedMillis(of, ownMillis, steadyMillis, newSinceMillis);
            }
        }
        if (known < electors.majority()) {
            return medianOfAll(ownMillis, steadyMillis, newSinceMillis);
        }
        Arrays.sort(reached, 0, known);
        return reached[(known - 1) / 2];
    }

    /** What the lower half has reached of all that were ever heard, replicas before included. */
    private long medianOfAll(long ownMillis, long steadyMillis, long newSinceMillis) {
        long[] reached = new long[heard.size() + 1];
        int known = 0;
        for (Heard of : heard.values()) {
            reached[known++] = reachedMillis(of, ownMillis, steadyMillis, newSinceMillis);
        }
        reached[known++] = ownMillis;
        Arrays.sort(reached);
        return reached[(known - 1) / 2];
    }

    private static long reachedMillis(Heard of, long ownMillis, long steadyMillis, long newSinceMillis) {
        long reached = of.reachedMillis(steadyMillis);
        return of.firstHeardMillis() > newSinceMillis ? Math.max(reached, ownMillis) : reached;
    }

    @Override
    public String toString() {
        return "HolderClocks" + heard;
    }
}
