package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.CacheSize;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.spi.storage.EntryCursor;
import dev.hypercache.spi.storage.RetentionLimits;
import dev.hypercache.spi.storage.RetentionListener;
import dev.hypercache.spi.storage.RetentionPolicy;
import dev.hypercache.spi.storage.RetentionPolicyFactory;
import java.util.BitSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one cache within its bound, as far as this node leads it.
 *
 * <p>The bound is on the whole cache. Each leader knows how much the others have, as of a moment ago: while all of it is
 * within the bound any of them may take what is left, and when it is more, each gives up its part of the excess. So the
 * cache is briefly larger when several leaders fill it at once, and nothing is evicted that there was room for. The policy
 * proposes; the leader of the slot decides. Safe for use by any threads.
 */
final class CacheBound implements RetentionListener {

    /** What an entry takes besides its bytes, about. */
    private static final int ENTRY_BYTES = 64;

    /** So often every member tells how much it has, changed or not. */
    static final long RENEW_MILLIS = 1_000;

    private static final long WORD_MILLIS = 5_000;

    /** As far as the policy counts the reads of a key. */
    private static final int READS_TOLD_MAX = 15;

    private final RetentionLimits limits;
    private final RetentionPolicy policy;
    private final Map<Integer, Word> others = new ConcurrentHashMap<>();
    /** Filled by calls of the policy, at most what it counts; emptied by the timer. */
    private final Queue<Object> evictions = new ConcurrentLinkedQueue<>();
    /** Those of them that nobody wrote since, so that they are in the book again and count. */
    private final Set<Object> wanted = ConcurrentHashMap.newKeySet();

    private long gaveUpAtMillis = -RENEW_MILLIS;

    private record Word(CacheSize size, long heardAtMillis) {}

    CacheBound(RetentionLimits limits, RetentionPolicyFactory policies) {
        this.limits = limits;
        this.policy = policies.create(limits, this);
    }

    RetentionLimits limits() {
        return limits;
    }

    @Override
    public void proposeEviction(Object key) {
        if (wanted.add(key)) {
            evictions.add(key);
        }
    }

    @Override
    public void proposeExpiry(Object key) {
        throw new IllegalStateException("nothing was booked that expires: " + key);
    }

    /** An entry of a slot that this node leads changed. */
    void changed(Object key, Change change, @Nullable StoredRecord after) {
        if (change != Change.TOUCHED) {
            agreed(key, after);
        }
    }

    /** What this node holds as a leader was agreed on with the other copies. */
    void agreed(Object key, @Nullable StoredRecord held) {
        wanted.remove(key);
        if (held == null || held.isTombstone()) {
            policy.recordRemoved(key);
        } else {
            policy.recordWritten(key, weightOf(key, held), RetentionPolicy.NEVER);
        }
    }

    void read(Object key) {
        policy.recordRead(key);
    }

    /** About so many reads of a key that was not asked for here. */
    void read(Object key, int reads) {
        for (int i = Math.min(reads, READS_TOLD_MAX); i > 0; i--) {
            policy.recordRead(key);
        }
    }

    private static long weightOf(Object key, StoredRecord held) {
        long keyBytes = KeyBytes.lengthOf(key);
        return ENTRY_BYTES + keyBytes + (held.value() instanceof ValueBytes value ? value.length() : 0);
    }

    /** This node leads a slot from now on. */
    void took(SlotState copy, int cache) {
        for (EntryCursor<StoredRecord> cursor = copy.replica(cache).cursor(); cursor.advance(); ) {
            agreed(cursor.key(), cursor.record());
        }
    }

    /** A slot is about to be cleared, as the others are: what their leaders told of before says nothing any more. */
    void clearing(SlotState copy, int cache) {
        lost(copy, cache);
        others.clear();
        policy.limit(limits.entriesMax(), limits.weightMax());
    }

    /** This node leads a slot no more. */
    void lost(SlotState copy, int cache) {
        for (EntryCursor<StoredRecord> cursor = copy.replica(cache).cursor(); cursor.advance(); ) {
            agreed(cursor.key(), null);
        }
    }

    /** What another member has. */
    void heard(int member, CacheSize size, long now) {
        others.put(member, new Word(size, now));
    }

    /**
     * Gives the policy its part of the bound. What was given up is not given up once more for a word that may be older; what
     * suspected members led is led by others soon.
     */
    void share(BitSet suspected, long now, long wallMillis) {
        others.entrySet()
                .removeIf(one ->
                        suspected.get(one.getKey()) || now - one.getValue().heardAtMillis() >= WORD_MILLIS);
        long entriesElsewhere = 0;
        long weightElsewhere = 0;
        for (Word word : others.values()) {
            entriesElsewhere += word.size().entries();
            weightElsewhere += word.size().weight();
        }
        boolean isExcess = exceeds(limits.entriesMax(), policy.entries() + entriesElsewhere)
                || exceeds(limits.weightMax(), policy.weight() + weightElsewhere);
        if (!isExcess || mayGiveUp(now)) {
            gaveUpAtMillis = isExcess ? now : gaveUpAtMillis;
            policy.limit(
                    shareOf(limits.entriesMax(), policy.entries(), entriesElsewhere),
                    shareOf(limits.weightMax(), policy.weight(), weightElsewhere));
        }
        policy.maintain(wallMillis);
    }

    private boolean mayGiveUp(long now) {
        return now - gaveUpAtMillis >= RENEW_MILLIS
                || others.values().stream().allMatch(word -> word.heardAtMillis() > gaveUpAtMillis);
    }

    private static boolean exceeds(long bound, long all) {
        return bound != RetentionLimits.UNBOUNDED && all > bound;
    }

    /** As much as is left beside the others; when all is too much, as large a part of the bound as it is of the whole. */
    private static long shareOf(long bound, long own, long elsewhere) {
        if (bound == RetentionLimits.UNBOUNDED) {
            return bound;
        }
        long all = own + elsewhere;
        return exceeds(bound, all) ? (long) Math.floor((double) own * bound / all) : bound - elsewhere;
    }

    /** A key that is to go, null if there is none. */
    @Nullable
    Object nextEviction() {
        Object key = evictions.poll();
        while (key != null && !wanted.remove(key)) {
            key = evictions.poll();
        }
        return key;
    }

    long entries() {
        return policy.entries();
    }

    long weight() {
        return policy.weight();
    }
}
