package dev.hypercache.jcache.manage;

import dev.hypercache.core.op.CacheCounts;
import dev.hypercache.core.op.Change;
import dev.hypercache.jcache.value.SideWork;
import dev.hypercache.runtime.call.CountedCallers;
import dev.hypercache.telemetry.LatencySnapshot;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.MetricSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.management.CacheStatisticsMXBean;
import org.jspecify.annotations.Nullable;

/**
 * What the callers of this JVM did to one cache (JSR-107 §12).
 *
 * <p>Counts and latencies are kept while statistics are switched on here or for the whole ring; switched off, an operation
 * costs one volatile read.
 * Percentages and averages are 0 when there is nothing to divide by. Averages are in microseconds; whole distributions
 * come through {@link #latency}.
 */
public final class CacheStatistics implements CacheStatisticsMXBean, CountedCallers, MetricSource {

    private final MetricSet metrics;
    private final SideWork sideWork;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder removals = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final LongAdder expirations = new LongAdder();
    /** The expirations that callers came across; the others are the node's. */
    private final LongAdder foundExpired = new LongAdder();

    private @Nullable Latencies latencies;
    private boolean enabled;
    private boolean followed;
    /** The latencies while statistics are switched on, null while they are off. */
    private volatile @Nullable Latencies recording;

    public CacheStatistics(MetricSet metrics, SideWork sideWork) {
        this.metrics = metrics;
        this.sideWork = sideWork;
        metrics.supply(
                this,
                MetricName.GETS,
                MetricName.HITS,
                MetricName.MISSES,
                MetricName.PUTS,
                MetricName.REMOVALS,
                MetricName.EVICTIONS,
                MetricName.EXPIRATIONS);
    }

    /** Switches statistics on or off; what was counted stays. */
    public synchronized void enable(boolean on) {
        enabled = on;
        decide();
    }

    @Override
    public synchronized void follow(boolean on) {
        followed = on;
        decide();
    }

    private void decide() {
        boolean on = enabled || followed;
        if (on && latencies == null) {
            latencies = new Latencies(metrics);
        }
        recording = on ? latencies : null;
        sideWork.set(SideWork.STATISTICS, on);
    }

    /** Whether they are switched on here. */
    public synchronized boolean isEnabled() {
        return enabled;
    }

    @Override
    public boolean isCounting() {
        return recording != null;
    }

    /** The time an operation starts, for {@link #record}; 0 while statistics are off. */
    public long start() {
        return recording == null ? 0 : System.nanoTime();
    }

    /**
     * Counts an operation.
     *
     * @param present whether it found a live entry
     * @param change what it did to the entry
     * @param startNanos what {@link #start} said, 0 to leave out the latency
     */
    public void record(Operation operation, boolean present, Change change, long startNanos) {
        Latencies on = recording;
        if (on == null) {
            return;
        }
        count(OutcomeStatistics.countersOf(operation, present, change));
        if (startNanos != 0) {
            on.record(operation, System.nanoTime() - startNanos);
        }
    }

    private void count(int counters) {
        if ((counters & OutcomeStatistics.HIT) != 0) {
            hits.increment();
        }
        if ((counters & OutcomeStatistics.MISS) != 0) {
            misses.increment();
        }
        if ((counters & OutcomeStatistics.PUT) != 0) {
            puts.increment();
        }
        if ((counters & OutcomeStatistics.REMOVAL) != 0) {
            removals.increment();
        }
    }

    /** Counts an entry that the cache itself took out. */
    public void recordLoss(Change change) {
        if (recording == null) {
            return;
        }
        if (change == Change.EVICTED) {
            evictions.increment();
        } else if (change == Change.EXPIRED) {
            expirations.increment();
        }
    }

    /** Counts an expired entry that a caller came across. */
    public void recordFoundExpired() {
        if (recording != null) {
            expirations.increment();
            foundExpired.increment();
        }
    }

    @Override
    public CacheCounts counts() {
        return counts(0, foundExpired.sum());
    }

    /** What the manager's callers did, and what was lost where its node leads. */
    StatisticsSum sum() {
        return new StatisticsSum(counts(evictions.sum(), expirations.sum()), 1, List.of());
    }

    private synchronized CacheCounts counts(long evicted, long expired) {
        Latencies measured = latencies;
        return new CacheCounts(
                hits.sum(),
                misses.sum(),
                puts.sum(),
                removals.sum(),
                evicted,
                expired,
                measured == null ? CacheCounts.Timed.NONE : measured.get.timed(),
                measured == null ? CacheCounts.Timed.NONE : measured.put.timed(),
                measured == null ? CacheCounts.Timed.NONE : measured.remove.timed());
    }

    /** The distribution of a latency, {@link MetricName#GET_LATENCY} and its kin, since the last {@link #clear}. */
    public LatencySnapshot latency(MetricName name) {
        return metrics.latency(name).snapshot();
    }

    @Override
    public synchronized void clear() {
        hits.reset();
        misses.reset();
        puts.reset();
        removals.reset();
        evictions.reset();
        expirations.reset();
        foundExpired.reset();
        if (latencies != null) {
            latencies.clear();
        }
    }

    @Override
    public long read(MetricName name) {
        switch (name) {
            case GETS:
                return getCacheGets();
            case HITS:
                return getCacheHits();
            case MISSES:
                return getCacheMisses();
            case PUTS:
                return getCachePuts();
            case REMOVALS:
                return getCacheRemovals();
            case EVICTIONS:
                return getCacheEvictions();
            default:
                return expirations.sum();
        }
    }

    @Override
    public long getCacheHits() {
        return hits.sum();
    }

    @Override
    public float getCacheHitPercentage() {
        return percentage(getCacheHits());
    }

    @Override
    public long getCacheMisses() {
        return misses.sum();
    }

    @Override
    public float getCacheMissPercentage() {
        return percentage(getCacheMisses());
    }

    private float percentage(long part) {
        long gets = getCacheGets();
        return gets == 0 ? 0 : 100f * part / gets;
    }

    @Override
    public long getCacheGets() {
        return hits.sum() + misses.sum();
    }

    @Override
    public long getCachePuts() {
        return puts.sum();
    }

    @Override
    public long getCacheRemovals() {
        return removals.sum();
    }

    @Override
    public long getCacheEvictions() {
        return evictions.sum();
    }

    @Override
    public synchronized float getAverageGetTime() {
        return latencies == null ? 0 : latencies.get.averageMicros();
    }

    @Override
    public synchronized float getAveragePutTime() {
        return latencies == null ? 0 : latencies.put.averageMicros();
    }

    @Override
    public synchronized float getAverageRemoveTime() {
        return latencies == null ? 0 : latencies.remove.averageMicros();
    }
}
