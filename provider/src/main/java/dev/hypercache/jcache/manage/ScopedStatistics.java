package dev.hypercache.jcache.manage;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.runtime.call.RingStatistics;
import javax.cache.management.CacheStatisticsMXBean;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of one cache in the scope that its manager shows: its own or those of the ring. An embedded cache is a ring
 * of one, where both are the same.
 */
public final class ScopedStatistics {

    private final CacheStatistics own;
    private final @Nullable RingStatistics ring;
    private final boolean showsRing;
    private final CacheStatisticsMXBean bean;

    /**
     * @param own what the callers of the manager did
     * @param ring the same of all members, null if there are no others
     * @param shown what the manager shows
     */
    ScopedStatistics(CacheStatistics own, @Nullable RingStatistics ring, StatisticsScope shown) {
        this.own = own;
        this.ring = ring;
        this.showsRing = ring != null && shown == StatisticsScope.CLUSTER;
        this.bean = ring != null && showsRing ? new ClusterStatistics(ring) : own;
    }

    /** Those of a manager with such settings. */
    public static ScopedStatistics of(CacheStatistics own, @Nullable RingStatistics ring, Settings settings) {
        return new ScopedStatistics(own, ring, settings.choice(Setting.STATISTICS_SCOPE, StatisticsScope.class));
    }

    /** Finds out whether the ring counts the cache already, if that is what the manager shows. */
    public void start() {
        if (ring != null && showsRing) {
            ring.read(0);
        }
    }

    /** Switches statistics on or off: where the manager shows those of the ring, on every member. */
    public void enable(boolean on) {
        if (ring == null || !showsRing) {
            own.enable(on);
        } else if (ring.isOn() != on) {
            ring.turn(on);
        }
    }

    public boolean isEnabled() {
        return ring != null && showsRing ? ring.isOn() : own.isEnabled();
    }

    /** The MXBean that shows them. */
    public CacheStatisticsMXBean bean() {
        return bean;
    }

    /** The statistics of now in any scope; those of the ring ask its members. */
    public StatisticsSum sum(StatisticsScope scope) {
        return ring == null || scope == StatisticsScope.LOCAL ? own.sum() : ClusterStatistics.sumOf(ring.read(0));
    }
}
