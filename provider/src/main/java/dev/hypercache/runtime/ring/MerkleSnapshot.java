package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.BucketSum;
import dev.hypercache.core.message.CacheRoot;
import dev.hypercache.core.message.SlotRoot;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.replica.CopyContents;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprints of one copy of a slot at one moment: equal at two nodes if and only if they hold the same versions of the
 * same keys there. Tells nothing of keys or values.
 *
 * <p>Bounded: of {@link #CACHES_MAX} caches at most, with {@link #BUCKETS_MAX} buckets each at most. To take it reads every
 * record of these caches once, under the lock of the slot.
 *
 * @param slot which slot
 * @param leads whether the node leads it
 * @param ballot the ballot that it follows
 * @param root the whole of it, 32 hexadecimal digits
 * @param caches by cache id
 */
public record MerkleSnapshot(int slot, boolean leads, String ballot, String root, List<CacheTree> caches) {

    /** The most caches. */
    public static final int CACHES_MAX = 256;

    /** The most buckets of a cache: more of them are added up. */
    public static final int BUCKETS_MAX = 256;

    /**
     * One cache in the slot.
     *
     * @param cache the cache's id in the ring
     * @param root the whole of it, 32 hexadecimal digits
     * @param records how many records there are, tombstones included
     * @param buckets a power of two of them, by the lowest bits of the keys' hashes
     */
    public record CacheTree(int cache, String root, int records, List<Bucket> buckets) {}

    /**
     * One bucket.
     *
     * @param hash 32 hexadecimal digits
     * @param records how many records are in it, tombstones included
     */
    public record Bucket(String hash, int records) {}

    /** Of a node's copy of a slot; null if it holds none. */
    static @Nullable MerkleSnapshot of(SlotCell cell) {
        AtomicReference<@Nullable MerkleSnapshot> snapshot = new AtomicReference<>();
        cell.withMachine((machine, now) -> snapshot.set(of(machine)));
        return snapshot.get();
    }

    /** Of a copy; the caller guards the slot. */
    private static MerkleSnapshot of(SlotMachine machine) {
        CopyContents contents = machine.state().contents();
        List<CacheTree> caches = new ArrayList<>();
        for (CacheRoot root : contents.cacheRoots()) {
            if (caches.size() < CACHES_MAX) {
                caches.add(new CacheTree(
                        root.cache(), hex(root.sum(), root.mix()), root.records(), buckets(contents, root.cache())));
            }
        }
        SlotRoot root = contents.root();
        return new MerkleSnapshot(
                root.slot(),
                machine.isServing(),
                Ballot.unpack(root.ballot()).toString(),
                hex(root.sum(), root.mix()),
                List.copyOf(caches));
    }

    private static List<Bucket> buckets(CopyContents contents, int cache) {
        List<BucketSum> sums = contents.buckets(cache, BUCKETS_MAX);
        int[] records = contents.recordsByBucket(cache, sums.size());
        List<Bucket> buckets = new ArrayList<>(sums.size());
        for (int bucket = 0; bucket < records.length; bucket++) {
            BucketSum sum = sums.get(bucket);
            buckets.add(new Bucket(hex(sum.sum(), sum.mix()), records[bucket]));
        }
        return List.copyOf(buckets);
    }

    private static String hex(long sum, long mix) {
        return HexFormat.of().toHexDigits(sum) + HexFormat.of().toHexDigits(mix);
    }
}
