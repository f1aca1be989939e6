package dev.hypercache.core.leaderless;

import dev.hypercache.core.message.HolderHead;
import dev.hypercache.core.record.HybridClock;
import dev.hypercache.core.ring.MemberSet;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What time it is in a slot: the latest that a majority of its replicas has reached.
 *
 * <p>Each message between replicas says what its sender's clock shows and how far its hybrid clock got. Between messages a
 * peer's clock is assumed to go on as this node's steady clock does, so this node's own wall clock may jump and nothing else
 * changes. A single clock, be it fast or slow, moves nobody; a replica that knows fewer clocks than a majority follows
 * the slowest of them. Bounded by the replicas of the slot.
 */
final class HolderClocks {

    private record Heard(long wallAheadMillis, long stampMillis) {

        long reachedMillis(long steadyMillis) {
            return Math.max(steadyMillis + wallAheadMillis, stampMillis);
        }
    }

    private final Map<Integer, Heard> heard = new TreeMap<>();

    void heard(int from, HolderHead head, long steadyMillis) {
        heard.put(from, new Heard(head.wallMillis() - steadyMillis, HybridClock.millisOf(head.stamp())));
    }

    void keepOnly(MemberSet holders) {
        heard.keySet().removeIf(member -> !holders.contains(member));
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
        if (known == 0) {
            return ownMillis;
        }
        Arrays.sort(reached, 0, known);
        return reached[Math.max(0, known - electors.majority())];
    }
}
