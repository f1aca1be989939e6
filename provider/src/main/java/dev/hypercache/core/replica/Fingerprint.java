package dev.hypercache.core.replica;

import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.ring.KeyHash;
import org.jspecify.annotations.Nullable;

/**
 * A sum over all records of a replica that changes with each of them in constant time.
 *
 * <p>Equal sets of (key, version) have equal fingerprints; unequal ones differ in 128 bits. Keys whose hashes collide in
 * all 64 bits count as one key here, which is why a takeover that matters compares counts as well.
 */
final class Fingerprint {

    private static final long ODD_1 = 0x9E3779B97F4A7C15L;
    private static final long ODD_2 = 0xC2B2AE3D27D4EB4FL;

    private long sum;
    private long mix;
    private int records;

    /** Notes that a record took the place of another, or that it came or went. */
    void replace(Object key, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        long hash = ((KeyHash) key).hash64();
        if (before != null) {
            sum -= first(hash, before);
            mix ^= second(hash, before);
            records--;
        }
        if (after != null) {
            sum += first(hash, after);
            mix ^= second(hash, after);
            records++;
        }
    }

    private static long first(long hash, StoredRecord record) {
        return scrambled(hash * ODD_1 + scrambled(record.ballot() * ODD_2 + record.sequence()));
    }

    private static long second(long hash, StoredRecord record) {
        return scrambled(hash + scrambled(record.sequence() * ODD_1 + record.ballot()) * ODD_2);
    }

    /** Stafford's thirteenth variant of the finalizer of MurmurHash3, as SplitMix64 uses it. */
    private static long scrambled(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
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
}
