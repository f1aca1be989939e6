package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.CountingSwitch;
import dev.hypercache.core.op.CacheCounts;
import dev.hypercache.core.op.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntPredicate;

/**
 * What was lost in the slots that this node leads, and whether the ring counts it; per cache, also of those that are not open
 * here.
 *
 * <p>Of {@value #CACHES_MAX} caches at most; what is said of further ones is counted as refused. Safe for use by any threads.
 */
final class CacheTallies {

    static final int CACHES_MAX = 10_000;

    private final RingMetrics metrics;
    private final Map<Integer, Tally> tallies = new ConcurrentHashMap<>();

    private static final class Tally {
        final LongAdder evictions = new LongAdder();
        final LongAdder expirations = new LongAdder();
        volatile CountingSwitch counting;

        Tally(int cache) {
            this.counting = CountingSwitch.untouched(cache);
        }
    }

    CacheTallies(RingMetrics metrics) {
        this.metrics = metrics;
    }

    /** Whether the ring counts what is done to a cache. */
    CountingSwitch counting(int cache) {
        Tally tally = tallies.get(cache);
        return tally == null ? CountingSwitch.untouched(cache) : tally.counting;
    }

    /**
     * Somebody says whether the ring counts a cache.
     *
     * @return whether it is otherwise than before
     */
    boolean heard(CountingSwitch said) {
        if (said.stamp() == 0 || isRefused(said.cache())) {
            return false;
        }
        boolean[] isNews = new boolean[1];
        tallies.compute(said.cache(), (cache, present) -> {
            Tally tally = present == null ? new Tally(cache) : present;
            CountingSwitch later = tally.counting.later(said);
            isNews[0] = later.on() != tally.counting.on();
            tally.counting = later;
            return tally;
        });
        return isNews[0];
    }

    private boolean isRefused(int cache) {
        boolean isRefused = tallies.size() >= CACHES_MAX && !tallies.containsKey(cache);
        if (isRefused) {
            metrics.countsRefused();
        }
        return isRefused;
    }

    /** An entry was evicted or expired unasked in a slot that this node leads. */
    void lost(int cache, Change change) {
        if (isRefused(cache)) {
            return;
        }
        Tally tally = tallies.computeIfAbsent(cache, Tally::new);
        (change == Change.EVICTED ? tally.evictions : tally.expirations).increment();
    }

    /** What was lost of a cache. */
    CacheCounts losses(int cache) {
        Tally tally = tallies.get(cache);
        return tally == null ? CacheCounts.NONE : CacheCounts.ofLosses(tally.evictions.sum(), tally.expirations.sum());
    }

    /** Begins to count anew. */
    void clear(int cache) {
        Tally tally = tallies.get(cache);
        if (tally != null) {
            tally.evictions.reset();
            tally.expirations.reset();
        }
    }

    /** What was said of some caches. */
    List<CountingSwitch> said(Iterable<Integer> caches) {
        List<CountingSwitch> switches = new ArrayList<>();
        for (int cache : caches) {
            CountingSwitch counting = counting(cache);
            if (counting.stamp() > 0 && switches.size() < CACHES_MAX) {
                switches.add(counting);
            }
        }
        return switches;
    }

    /** Forgets the caches that are no more. */
    void keep(IntPredicate exists) {
        tallies.keySet().removeIf(cache -> !exists.test(cache));
    }
}
