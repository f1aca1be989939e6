package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.ReadCount;
import dev.hypercache.core.message.ReadCounts;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.ring.KeyBytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;

/**
 * What this node's callers read past the leaders, which would else take for cold what is read most.
 *
 * <p>Of {@value #ONE_IN} reads one is counted and stands for all of them; which one is left to chance, so that no rhythm of
 * the callers hides a key. Whoever reads counts, and not each replica that answers: a read of all voters, the leader among
 * them, is one access. Between two {@linkplain #send words} to the leaders at most {@link #KEYS_MAX} keys are kept, of
 * {@link #KEY_BYTES_MAX} bytes together; what is read beyond them is counted as dropped. Safe for use by any threads.
 */
final class SampledReads {

    /** Of so many reads one is counted. */
    static final int ONE_IN = 8;

    /** The most keys that are kept, those of one message. */
    static final int KEYS_MAX = ReadCounts.COUNTS_MAX;

    /** The most bytes that the kept keys have together; a message of them fits into a frame by far. */
    static final int KEY_BYTES_MAX = 1 << 20;

    private static final int SAMPLES_MAX = Integer.MAX_VALUE / ONE_IN;

    private final RingMetrics metrics;
    private Map<RecordKey, Integer> samples = new LinkedHashMap<>();
    private long keyBytes;

    SampledReads(RingMetrics metrics) {
        this.metrics = metrics;
    }

    /** An entry was read. */
    void read(RecordKey name) {
        if (ThreadLocalRandom.current().nextInt(ONE_IN) == 0 && !sample(name)) {
            metrics.readCountsDropped(1);
        }
    }

    /** Keeps a read that was drawn; false if there is no room for it. */
    synchronized boolean sample(RecordKey name) {
        Integer before = samples.get(name);
        long bytes = before != null || !(name.key() instanceof KeyBytes key) ? 0 : key.length();
        if (before == null && (samples.size() >= KEYS_MAX || keyBytes + bytes > KEY_BYTES_MAX)) {
            return false;
        }
        keyBytes += bytes;
        samples.put(name, before == null ? 1 : Math.min(SAMPLES_MAX, before + 1));
        return true;
    }

    private synchronized Map<RecordKey, Integer> take() {
        Map<RecordKey, Integer> taken = samples;
        samples = new LinkedHashMap<>();
        keyBytes = 0;
        return taken;
    }

    /** Takes a message for a leader. */
    @FunctionalInterface
    interface Post {
        void send(int leader, ReadCounts counts);
    }

    /**
     * Tells each leader, this node perhaps among them, of the reads since the last time: one message each.
     *
     * @param leaders the leader of a key's slot, {@link Members#NOBODY} if it is not known
     */
    void send(ToIntFunction<RecordKey> leaders, Post post) {
        Map<Integer, List<ReadCount>> byLeader = new TreeMap<>();
        long unknown = 0;
        for (Map.Entry<RecordKey, Integer> one : take().entrySet()) {
            int leader = leaders.applyAsInt(one.getKey());
            if (leader == Members.NOBODY) {
                unknown += one.getValue();
            } else {
                byLeader.computeIfAbsent(leader, unused -> new ArrayList<>())
                        .add(new ReadCount(one.getKey(), one.getValue() * ONE_IN));
            }
        }
        if (unknown > 0) {
            metrics.readCountsDropped(unknown);
        }
        byLeader.forEach((leader, counts) -> {
            metrics.readCountsSent(counts.size());
            post.send(leader, new ReadCounts(0, List.copyOf(counts)));
        });
    }
}
