package dev.hypercache.core.replica;

import dev.hypercache.core.message.BucketSum;
import dev.hypercache.core.message.CacheBuckets;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.ring.KeyHash;
import dev.hypercache.spi.storage.EntryCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sum over all records of a replica, and over those of each of its buckets, that changes with each record in constant time.
 *
 * <p>Equal sets of (key, version) have equal fingerprints; unequal ones differ in 128 bits, one half added up and one by
 * exclusive or. Keys whose hashes collide in all 64 bits count as one key here, which is why a takeover that matters compares
 * counts as well. A hash tree of more levels would name a difference with fewer bytes, but each record would touch as many
 * places as there are levels, and most slots are small.
 *
 * <p>The buckets are cut by the lowest bits of the keys' hashes (the highest are the slot), so two replicas with unlike
 * numbers of them can be compared: the finer one adds its buckets up. There is one bucket, and no memory for it, until it is
 * crowded; then there are {@value #FANOUT} times as many, for which the records are read once. So a record is read again
 * for every fifteen that came. At {@link CacheBuckets#BUCKETS_MAX} buckets they only fill up. When most are gone, buckets
 * are added up again. Confined to its slot.
 */
final class Fingerprint {

    private static final long ODD_1 = 0x9E3779B97F4A7C15L;
    private static final long ODD_2 = 0xC2B2AE3D27D4EB4FL;
    private static final int FANOUT = 16;
    private static final int RECORDS_PER_BUCKET_MAX = 64;
    private static final long[] WHOLE = new long[0];

    private final FingerprintKey secret;
    private long sum;
    private long mix;
    private int records;
    /** Two for each bucket; none as long as the whole is the only bucket. */
    private long[] buckets = WHOLE;

    Fingerprint(FingerprintKey secret) {
        this.secret = secret;
    }

    /** Notes that a record took the place of another, or that it came or went. */
    void replace(Object key, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        long hash = ((KeyHash) key).hash64();
        long added = 0;
        long mixed = 0;
        if (before != null) {
            added -= first(hash, before);
            mixed ^= second(hash, before);
            records--;
        }
        if (after != null) {
            added += first(hash, after);
            mixed ^= second(hash, after);
            records++;
        }
        add(hash, added, mixed);
    }

    private void add(long hash, long added, long mixed) {
        sum += added;
        mix ^= mixed;
        if (buckets.length > 0) {
            int at = 2 * bucketOf(hash);
            buckets[at] += added;
            buckets[at + 1] ^= mixed;
        }
    }

    private int bucketOf(long hash) {
        return (int) hash & (buckets.length / 2 - 1);
    }

    private long first(long hash, StoredRecord record) {
        return scrambled((hash ^ secret.one()) * ODD_1 + scrambled(record.ballot() * ODD_2 + record.sequence()));
    }

    private long second(long hash, StoredRecord record) {
        return scrambled((hash ^ secret.other()) + scrambled(record.sequence() * ODD_1 + record.ballot()) * ODD_2);
    }

    /** Stafford's thirteenth variant of the finalizer of MurmurHash3, as SplitMix64 uses it. */
    private static long scrambled(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Whether there are too many records for the buckets, so that {@link #regrow} is due. */
    boolean isCrowded() {
        int size = size();
        return records > size * RECORDS_PER_BUCKET_MAX && size < CacheBuckets.BUCKETS_MAX;
    }

    /** Spreads the records over more buckets. */
    void regrow(EntryCursor<StoredRecord> all) {
        recount(size() * FANOUT, all);
    }

    /** Begins anew with what is held. */
    void rebuild(EntryCursor<StoredRecord> all) {
        recount(size(), all);
    }

    private void recount(int size, EntryCursor<StoredRecord> all) {
        sum = 0;
        mix = 0;
        records = 0;
        buckets = size == 1 ? WHOLE : new long[2 * size];
        while (all.advance()) {
            replace(all.key(), null, all.record());
        }
    }

    /** Gives back the memory of buckets that stand empty. */
    void shrink() {
        while (buckets.length > 0 && records < size()) {
            int size = size() / FANOUT;
            buckets = size == 1 ? WHOLE : folded(size);
        }
    }

    private long[] folded(int size) {
        if (buckets.length == 0) {
            return new long[] {sum, mix};
        }
        long[] folded = new long[2 * size];
        for (int at = 0; at < buckets.length; at += 2) {
            int to = at & (2 * size - 1);
            folded[to] += buckets[at];
            folded[to + 1] ^= buckets[at + 1];
        }
        return folded;
    }

    /** How many buckets there are, a power of two. */
    int size() {
        return buckets.length == 0 ? 1 : buckets.length / 2;
    }

    /** The buckets, as many as asked for or as there are, whichever is less. */
    List<BucketSum> buckets(int sizeMost) {
        long[] all = folded(Math.min(sizeMost, size()));
        List<BucketSum> sums = new ArrayList<>(all.length / 2);
        for (int at = 0; at < all.length; at += 2) {
            sums.add(new BucketSum(all[at], all[at + 1]));
        }
        return List.copyOf(sums);
    }

    long sum() {
        return sum;
    }

    long mix() {
        return mix;
    }

    int records() {
        return records;
    }

    /** An empty one with as many buckets under the same key. */
    Fingerprint emptied() {
        Fingerprint empty = new Fingerprint(secret);
        empty.buckets = buckets.length == 0 ? WHOLE : new long[buckets.length];
        return empty;
    }

    /** Whether a bucket comes to the same here and there; both have as many of them. */
    boolean hasSameBucket(Fingerprint other, int bucket) {
        if (buckets.length == 0) {
            return sum == other.sum && mix == other.mix;
        }
        return buckets[2 * bucket] == other.buckets[2 * bucket]
                && buckets[2 * bucket + 1] == other.buckets[2 * bucket + 1];
    }

    /** Which bucket a key is in. */
    int bucketOf(Object key) {
        return buckets.length == 0 ? 0 : bucketOf(((KeyHash) key).hash64());
    }
}
