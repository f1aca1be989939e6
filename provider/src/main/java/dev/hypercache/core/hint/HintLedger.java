package dev.hypercache.core.hint;

import java.util.Map;
import java.util.TreeMap;

/**
 * The hints of one node, counted over all its slots, and what is on its way of them; keeps both within their limits.
 *
 * <p>At every moment {@code queued = replayed + expired + dropped + pending}. Where slots are guarded by locks of their own,
 * whoever shares a ledger among them overrides each method by one that is guarded.
 */
public class HintLedger {

    private final HintLimits limits;
    private long queued;
    private long replayed;
    private long expired;
    private long dropped;
    private long pending;
    private long bytes;
    private final Map<Integer, Long> pendingByMember = new TreeMap<>();
    private final Map<Integer, DrainWindow> windows = new TreeMap<>();

    public HintLedger(HintLimits limits) {
        this.limits = limits;
    }

    public final HintLimits limits() {
        return limits;
    }

    /**
     * Counts a hint that is about to be kept.
     *
     * @param member for whom
     * @param size the memory that it takes, in bytes
     * @return false if a limit is reached: the hint is counted as dropped and must not be kept
     */
    public boolean queue(int member, long size) {
        queued++;
        boolean fits = pending(member) < limits.perNodeMax()
                && pending < limits.totalMax()
                && bytes + size <= limits.bytesMax();
        if (fits) {
            settle(member, -1, -size);
        } else {
            dropped++;
        }
        return fits;
    }

    /** The replica holds now what a hint was about. */
    public void replayed(int member, long size) {
        replayed++;
        settle(member, 1, size);
    }

    /** A hint became too old. */
    public void expired(int member, long size) {
        expired++;
        settle(member, 1, size);
    }

    /** Hints were forgotten. */
    public void dropped(int member, long count, long size) {
        dropped += count;
        settle(member, count, size);
    }

    private void settle(int member, long count, long size) {
        pendingByMember.merge(member, -count, Long::sum);
        pending -= count;
        bytes -= size;
    }

    private DrainWindow window(int member) {
        return windows.computeIfAbsent(member, unused -> new DrainWindow());
    }

    /**
     * Takes room on the way to a node; one record always fits where nothing is under way, however large it is.
     *
     * @return false if there is none now
     */
    public boolean take(int member, long size) {
        return window(member).take(size);
    }

    /** A record arrived at a node. */
    public void arrived(int member, long size) {
        window(member).arrived(size);
    }

    /** No answer came for a record. */
    public void lost(int member, long size) {
        window(member).lost(size);
    }

    /** Records need not arrive any more. */
    public void given(int member, long size) {
        window(member).given(size);
    }

    /** The bytes on their way to a node. */
    public long underWay(int member) {
        return window(member).underWay();
    }

    /** The hints kept now for one node. */
    public long pending(int member) {
        return pendingByMember.getOrDefault(member, 0L);
    }

    /** What was counted so far. */
    public HintCounts counts() {
        return new HintCounts(queued, replayed, expired, dropped, pending, bytes);
    }
}
