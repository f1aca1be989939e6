package dev.hypercache.jcache.manage;

import dev.hypercache.runtime.call.RingCounts;
import dev.hypercache.runtime.call.RingStatistics;
import java.util.List;

/**
 * The MXBean of a cache whose statistics are those of its ring.
 *
 * <p>Each attribute is a sum; what other members counted may be {@value #AGE_MAX_MILLIS} ms old, so that reading all attributes
 * asks them once. {@link #clear} has reached every member that answers when it returns.
 */
final class ClusterStatistics implements ClusterStatisticsMXBean {

    private static final long AGE_MAX_MILLIS = 100;

    private final RingStatistics ring;

    ClusterStatistics(RingStatistics ring) {
        this.ring = ring;
    }

    private StatisticsSum sum() {
        return sumOf(ring.read(AGE_MAX_MILLIS));
    }

    static StatisticsSum sumOf(RingCounts read) {
        return new StatisticsSum(read.counts(), read.members(), read.missing());
    }

    @Override
    public void clear() {
        ring.clear();
    }

    @Override
    public long getCacheHits() {
        return sum().counts().hits();
    }

    @Override
    public float getCacheHitPercentage() {
        return sum().hitPercentage();
    }

    @Override
    public long getCacheMisses() {
        return sum().counts().misses();
    }

    @Override
    public float getCacheMissPercentage() {
        return sum().missPercentage();
    }

    @Override
    public long getCacheGets() {
        return sum().gets();
    }

    @Override
    public long getCachePuts() {
        return sum().counts().puts();
    }

    @Override
    public long getCacheRemovals() {
        return sum().counts().removals();
    }

    @Override
    public long getCacheEvictions() {
        return sum().counts().evictions();
    }

    @Override
    public float getAverageGetTime() {
        return sum().averageGetMicros();
    }

    @Override
    public float getAveragePutTime() {
        return sum().averagePutMicros();
    }

    @Override
    public float getAverageRemoveTime() {
        return sum().averageRemoveMicros();
    }

    @Override
    public int getMembers() {
        return sum().members();
    }

    @Override
    public List<String> getMembersMissing() {
        return sum().membersMissing();
    }

    @Override
    public boolean isPartial() {
        return sum().isPartial();
    }
}
