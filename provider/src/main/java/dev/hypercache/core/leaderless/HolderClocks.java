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
 */
final class HolderClocks {

    private static final int HEARD_MAX = 32;

    /** So long only lower times are heard before one is believed: a message may have been under way for long. */
    private static final long DOUBT_MILLIS = 3_000;

    /** A peer's clock, and since when it seems to have gone back. */
    private record Heard(long wallAheadMillis, long stampMillis, long doubtedSinceMillis) {

        long reachedMillis(long steadyMillis) {
            return Math.max(steadyMillis + wallAheadMillis, stampMillis);
        }
    }

    private static final long CERTAIN = Long.MAX_VALUE;

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
        if (known == null || ahead >= known.wallAheadMillis()) {
            return new Heard(ahead, stamp, CERTAIN);
        }
        long since = Math.min(known.doubtedSinceMillis(), steadyMillis);
        return steadyMillis - since >= DOUBT_MILLIS
                ? new Heard(ahead, stamp, CERTAIN)
                : new Heard(known.wallAheadMillis(), stamp, since);
    }

    /**
     * The time in the slot.
     *
     * @param electors who counts
     * @param self this node, whose own clock got to {@code ownMillis}
     */
    long millis(MemberSet electors, int self, long ownMillis, long steadyMillis) {
        long[] reached = new long[electors.size()];
        int known = 0;
        for (int member : electors.toArray()) {
            Heard of = heard.get(member);
            if (member == self) {
                reached[known++] = ownMillis;
            } else if (of != null) {
                reached[known++] = of.reachedMillis(steadyMillis);
            }
        }
        if (known < electors.majority()) {
            return medianOfAll(ownMillis, steadyMillis);
        }
        Arrays.sort(reached, 0, known);
        return reached[(known - 1) / 2];
    }

    /** What the lower half has reached of all that were ever heard, replicas before included. */
    private long medianOfAll(long ownMillis, long steadyMillis) {
        long[] reached = new long[heard.size() + 1];
        int known = 0;
        for (Heard of : heard.values()) {
            reached[known++] = of.reachedMillis(steadyMillis);
        }
        reached[known++] = ownMillis;
        Arrays.sort(reached);
        return reached[(known - 1) / 2];
    }

    @Override
    public String toString() {
        return "HolderClocks" + heard;
    }
}
