package dev.hypercache.runtime.ring;

import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.message.CacheSize;
import dev.hypercache.core.message.CacheSizes;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.ReadCount;
import dev.hypercache.core.message.ReadCounts;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.KeyHash;
import dev.hypercache.spi.storage.RetentionLimits;
import dev.hypercache.spi.storage.RetentionPolicyFactory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of the caches of a ring, as far as this node leads them.
 *
 * <p>A node that has a cache open tells the others its bound, and every node how much of it is in the slots that it leads,
 * every {@value #SHARE_MILLIS} ms if that changed. So a leader keeps the bound of a cache that is not open on it, as long as
 * somebody has it open. What this node's callers read past the leaders it tells these every {@value #READS_MILLIS} ms, in
 * samples, so that what is read stays. Safe for use by any threads.
 */
final class RingBounds {

    private static final long SHARE_MILLIS = 50;
    private static final long WORD_MILLIS = 5_000;
    private static final long READS_MILLIS = 1_000;
    /** The most evictions of one cache that one round of the timer decides. */
    private static final int EVICTIONS_MAX = 2_000;

    private final MemberLinks links;
    private final NodeClock clock;
    private final Interests interests;
    private final RetentionPolicyFactory policies;
    private final SampledReads reads;
    private final Map<Integer, CacheBound> bounds = new ConcurrentHashMap<>();
    /** The bounds of caches that are open here. */
    private final Map<Integer, RetentionLimits> own = new ConcurrentHashMap<>();
    /** When another member that has a cache open told its bound last. */
    private final Map<Integer, Long> toldAtMillis = new ConcurrentHashMap<>();
    /** The caches whose entries are not booked yet; for the timer. */
    private final Set<Integer> fresh = ConcurrentHashMap.newKeySet();

    private List<CacheSize> told = List.of();
    private long sharedAtMillis;
    private long renewedAtMillis;
    private long readsAtMillis;

    RingBounds(
            MemberLinks links,
            NodeClock clock,
            Interests interests,
            RetentionPolicyFactory policies,
            RingMetrics metrics) {
        this.links = links;
        this.clock = clock;
        this.interests = interests;
        this.policies = policies;
        this.reads = new SampledReads(metrics);
    }

    /** A cache is opened on this node. */
    void open(int cache, RetentionLimits limits) {
        if (isBound(limits)) {
            own.put(cache, limits);
            bind(cache, limits);
        }
    }

    private static boolean isBound(RetentionLimits limits) {
        return limits.entriesMax() != RetentionLimits.UNBOUNDED || limits.weightMax() != RetentionLimits.UNBOUNDED;
    }

    /** A cache is closed on this node. */
    void close(int cache) {
        own.remove(cache);
    }

    private void bind(int cache, RetentionLimits limits) {
        CacheBound present = bounds.get(cache);
        if (present == null || !present.limits().equals(limits)) {
            bounds.put(cache, new CacheBound(limits, policies));
            fresh.add(cache); // Not before: a slot that is booked earlier changes unseen until the bound is there.
        }
    }

    /** An entry of a slot that this node leads changed. Called in the guard of the slot. */
    void changed(RecordKey name, Change change, @Nullable StoredRecord after) {
        CacheBound bound = bounds.get(name.cache());
        if (bound == null) {
            return;
        }
        bound.changed(name.key(), change, after);
        if (change == Change.EVICTED) {
            interests.lost(name.cache(), Change.EVICTED);
        }
    }

    /** What is held in a slot that this node leads was agreed on with the other copies. Called in the guard of the slot. */
    void agreed(RecordKey name, @Nullable StoredRecord held) {
        CacheBound bound = bounds.get(name.cache());
        if (bound != null) {
            bound.agreed(name.key(), held);
        }
    }

    /** Something is asked for in a slot that this node leads: whoever reads an entry wants it to stay. */
    void asked(Message message) {
        if (message instanceof Execute execute && execute.op().kind() == EntryOp.Kind.READ) {
            CacheBound bound = bounds.get(execute.cache());
            if (bound != null) {
                bound.read(execute.op().key());
            }
        }
    }

    /** A caller of this node found an entry without asking the leader of its slot. Called in the guard of the slot. */
    void readPastLeader(SlotCell cell, RecordKey name) {
        CacheBound bound = bounds.isEmpty() ? null : bounds.get(name.cache());
        if (bound == null) {
            return;
        }
        if (cell.isLed()) {
            bound.read(name.key());
        } else {
            reads.read(name);
        }
    }

    /** Another member tells what its callers read without asking; of what is led elsewhere the policies know nothing. */
    void heard(ReadCounts counts) {
        for (ReadCount count : counts.counts()) {
            CacheBound bound = bounds.get(count.name().cache());
            if (bound != null) {
                bound.read(count.name().key(), count.reads());
            }
        }
    }

    /** This node leads a slot from now on. Called in the guard of the slot. */
    void took(SlotState copy) {
        bounds.forEach((cache, bound) -> bound.took(copy, cache));
    }

    /** This node leads a slot no more. Called in the guard of the slot. */
    void lost(SlotState copy) {
        bounds.forEach((cache, bound) -> bound.lost(copy, cache));
    }

    /** A cache is about to be cleared in a slot that this node leads. Called in the guard of the slot. */
    void clearing(SlotState copy, int cache) {
        CacheBound bound = bounds.get(cache);
        if (bound != null) {
            bound.clearing(copy, cache);
        }
    }

    /** Another member told how much it has. */
    void heard(int member, CacheSizes sizes) {
        long now = clock.steadyMillis();
        for (CacheSize size : sizes.sizes()) {
            boolean isOpenThere = size.entriesMax() > 0 && size.weightMax() > 0;
            if (isOpenThere) {
                toldAtMillis.put(size.cache(), now);
            }
            if (isOpenThere && !own.containsKey(size.cache())) {
                bind(size.cache(), new RetentionLimits(size.entriesMax(), size.weightMax()));
            }
            CacheBound bound = bounds.get(size.cache());
            if (bound != null) {
                bound.heard(member, size, now);
            }
        }
    }

    /** Does what is due; on the timer alone. */
    void tick(SlotCells cells, BitSet suspected) {
        if (bounds.isEmpty()) {
            return;
        }
        long now = clock.steadyMillis();
        book(cells);
        if (now - sharedAtMillis >= SHARE_MILLIS) {
            sharedAtMillis = now;
            bounds.keySet().removeIf(cache -> isOver(cache, now));
            bounds.values().forEach(bound -> bound.share(suspected, now, clock.wallMillis()));
            tell(now);
        }
        if (now - readsAtMillis >= READS_MILLIS) {
            readsAtMillis = now;
            reads.send(name -> cells.of((KeyHash) name.key()).leader(), this::send);
        }
        bounds.forEach((cache, bound) -> evict(cache, bound, cells));
    }

    private void send(int leader, ReadCounts counts) {
        if (leader == links.members().self()) {
            heard(counts);
        } else {
            links.post(leader, counts);
        }
    }

    private void book(SlotCells cells) {
        for (int cache : List.copyOf(fresh)) {
            fresh.remove(cache);
            CacheBound bound = bounds.get(cache);
            for (int slot = 0; bound != null && slot < cells.size(); slot++) {
                cells.cell(slot).withLed(copy -> bound.took(copy.state(), cache));
            }
        }
    }

    private boolean isOver(int cache, long now) {
        Long told = toldAtMillis.get(cache);
        boolean isOver = !own.containsKey(cache) && (told == null || now - told >= WORD_MILLIS);
        if (isOver) {
            toldAtMillis.remove(cache);
        }
        return isOver;
    }

    private void tell(long now) {
        List<CacheSize> sizes = new ArrayList<>();
        bounds.forEach((cache, bound) -> {
            if (sizes.size() < CacheSizes.SIZES_MAX) {
                sizes.add(sizeOf(cache, bound));
            }
        });
        if (sizes.equals(told) && now - renewedAtMillis < CacheBound.RENEW_MILLIS) {
            return;
        }
        told = sizes;
        renewedAtMillis = now;
        for (int member : links.members().others()) {
            links.post(member, new CacheSizes(0, List.copyOf(sizes)));
        }
    }

    private CacheSize sizeOf(int cache, CacheBound bound) {
        RetentionLimits open = own.get(cache);
        return new CacheSize(
                cache,
                open == null ? 0 : open.entriesMax(),
                open == null ? 0 : open.weightMax(),
                bound.entries(),
                bound.weight());
    }

    private static void evict(int cache, CacheBound bound, SlotCells cells) {
        for (int decided = 0; decided < EVICTIONS_MAX; decided++) {
            Object key = bound.nextEviction();
            if (key == null) {
                return;
            }
            if (!evict(cells.of((KeyHash) key), new RecordKey(cache, key))) {
                bound.proposeEviction(key);
                return;
            }
        }
    }

    /** False if the leader is to be asked again later; a slot that is led elsewhere is no matter of this node any more. */
    private static boolean evict(SlotCell cell, RecordKey name) {
        boolean[] isLater = new boolean[1];
        cell.withMachine((machine, now) -> {
            Leadership leadership = machine.leadership();
            isLater[0] = leadership != null && !leadership.evict(name, now);
        });
        return !isLater[0];
    }
}
