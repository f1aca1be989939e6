package dev.hypercache.core.replica;

import dev.hypercache.core.message.BucketName;
import dev.hypercache.core.message.BucketSum;
import dev.hypercache.core.message.CacheRoot;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.CopySummary;
import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.SlotRoot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.KeyHash;
import dev.hypercache.spi.storage.EntryCursor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a copy of a slot holds, as it is shown to others: in short, bucket by bucket, and by version.
 *
 * <p>Changes nothing but the progress of its recount. Confined to its slot.
 */
public final class CopyContents {

    private static final long ODD_1 = 0x9E3779B97F4A7C15L;
    private static final long ODD_2 = 0xC2B2AE3D27D4EB4FL;

    private final SlotState state;
    private final SlotRecords records;
    private final Map<Integer, SlotReplica> caches;
    private long recounted = Long.MIN_VALUE;

    CopyContents(SlotState state, SlotRecords records) {
        this.state = state;
        this.records = records;
        this.caches = records.caches();
    }

    /** Everything in a few numbers, and the clears. */
    public CopySummary summary() {
        long sum = 0;
        long mix = 0;
        int records = 0;
        for (SlotReplica replica : caches.values()) {
            sum += replica.sum();
            mix ^= replica.mix();
            records += replica.size();
        }
        return new CopySummary(sum, mix, records, state.clears());
    }

    /** Everything in two numbers, and whom the copy follows. */
    public SlotRoot root() {
        CopySummary summary = summary();
        long sum = summary.sum() + summary.records() * ODD_2;
        long mix = summary.mix();
        for (ClearMark mark : summary.clears()) {
            sum += hashed(mark.cache() * ODD_1, mark.version());
            mix ^= hashed(mark.cache() * ODD_2, mark.version());
        }
        return new SlotRoot(state.slot(), state.promise().ballot(), sum, mix);
    }

    private static long hashed(long seed, Version version) {
        long bits = (seed + version.ballot()) * ODD_1 + version.sequence() * ODD_2;
        return (bits ^ (bits >>> 29)) * ODD_1;
    }

    /** Of how many caches anything is kept. */
    public int caches() {
        return Math.max(caches.size(), state.clears().size());
    }

    /** How many tombstones are held. */
    public int tombstones() {
        return records.tombstones();
    }

    /** Each cache of which anything is held, in short. */
    public List<CacheRoot> cacheRoots() {
        List<CacheRoot> roots = new ArrayList<>();
        caches.forEach((cache, replica) -> {
            if (replica.size() > 0) {
                roots.add(new CacheRoot(cache, replica.sum(), replica.mix(), replica.size()));
            }
        });
        return roots;
    }

    /** The buckets of a cache, so many at most. */
    public List<BucketSum> buckets(int cache, int sizeMost) {
        SlotReplica replica = caches.get(cache);
        return replica == null ? List.of(new BucketSum(0, 0)) : replica.buckets(sizeMost);
    }

    /** How many records of a cache are in each of so many buckets; reads all of them. */
    public int[] recordsByBucket(int cache, int size) {
        int[] records = new int[size];
        SlotReplica replica = caches.get(cache);
        if (replica != null) {
            for (EntryCursor<StoredRecord> cursor = replica.cursor(); cursor.advance(); ) {
                records[(int) ((KeyHash) cursor.key()).hash64() & (size - 1)]++;
            }
        }
        return records;
    }

    /** Every key with its version. */
    public List<KeyVersion> versions() {
        return collect(caches.keySet(), (cache, hash) -> true);
    }

    /** The keys in some buckets with their versions; buckets that cannot be are empty. */
    public List<KeyVersion> versionsIn(List<BucketName> buckets) {
        Map<Integer, BitSet> wanted = new TreeMap<>();
        Map<Integer, Integer> sizes = new TreeMap<>();
        for (BucketName one : buckets) {
            if (one.isValid() && one.buckets() == sizes.computeIfAbsent(one.cache(), unused -> one.buckets())) {
                wanted.computeIfAbsent(one.cache(), unused -> new BitSet()).set(one.bucket());
            }
        }
        return collect(
                wanted.keySet(),
                (cache, hash) ->
                        wanted.getOrDefault(cache, new BitSet()).get((int) hash & (sizes.getOrDefault(cache, 1) - 1)));
    }

    /** Which keys are wanted. */
    private interface Wanted {
        boolean isWanted(int cache, long hash64);
    }

    private List<KeyVersion> collect(Set<Integer> of, Wanted wanted) {
        List<KeyVersion> versions = new ArrayList<>();
        for (Map.Entry<Integer, SlotReplica> cache : caches.entrySet()) {
            if (of.contains(cache.getKey())) {
                collect(cache.getKey(), cache.getValue(), wanted, versions);
            }
        }
        return versions;
    }

    private static void collect(int cache, SlotReplica replica, Wanted wanted, List<KeyVersion> versions) {
        for (EntryCursor<StoredRecord> cursor = replica.cursor(); cursor.advance(); ) {
            if (wanted.isWanted(cache, ((KeyHash) cursor.key()).hash64())) {
                versions.add(new KeyVersion(
                        new RecordKey(cache, cursor.key()), cursor.record().version()));
            }
        }
    }

    /**
     * Counts records once more, cache by cache, and mends a fingerprint that does not fit.
     *
     * @param recordsMost how many records to read at most
     * @return null when all caches were counted since the last time that null was returned
     */
    public Recount.@Nullable Step recount(int recordsMost) {
        Iterator<Map.Entry<Integer, SlotReplica>> each = caches.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Integer, SlotReplica> cache = each.next();
            if (cache.getKey() >= recounted) {
                Recount.Step step = cache.getValue().recount(recordsMost);
                recounted = step == Recount.Step.UNDER_WAY ? cache.getKey() : cache.getKey() + 1L;
                return step;
            }
        }
        recounted = Long.MIN_VALUE;
        return null;
    }
}
