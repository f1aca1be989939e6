package dev.hypercache.runtime.member;

import dev.hypercache.core.member.MemberEvent;
import dev.hypercache.core.member.Swim;
import dev.hypercache.spi.membership.MemberHealth;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.MetricSource;

/** What a node counts of the others' health. */
final class MemberMetrics implements MetricSource {

    private final MetricSet node;
    private volatile View view = new View(0, 0, 0, 0);

    private record View(long version, int slowness, int alive, int suspect) {}

    MemberMetrics(MetricSet node) {
        this.node = node;
    }

    void start() {
        node.supply(
                this,
                MetricName.HEARTBEAT_SLOWNESS,
                MetricName.MEMBER_VERSION,
                MetricName.MEMBER_ALIVE,
                MetricName.MEMBER_SUSPECT);
    }

    void happened(MemberEvent event) {
        node.count(
                switch (event) {
                    case PROBE_ANSWERED -> MetricName.HEARTBEAT_SUCCESSES;
                    case PROBE_FAILED -> MetricName.HEARTBEAT_FAILURES;
                    case HELP_ASKED -> MetricName.HEARTBEAT_INDIRECT;
                    case HELP_REFUSED -> MetricName.HEARTBEAT_HELP_REFUSED;
                    case BLAMED_ITSELF -> MetricName.HEARTBEAT_SELF_BLAMED;
                    case PAUSED -> MetricName.HEARTBEAT_PAUSES;
                    case SUSPECTED -> MetricName.MEMBER_SUSPICIONS;
                    case DIED -> MetricName.MEMBER_DEATHS;
                    case CLEARED -> MetricName.MEMBER_CLEARED;
                    case REVIVED -> MetricName.MEMBER_REVIVED;
                    case REFUTED -> MetricName.MEMBER_REFUTATIONS;
                    case GOSSIP_DROPPED -> MetricName.MEMBER_GOSSIP_DROPPED;
                    case GOSSIP_UNKNOWN -> MetricName.MEMBER_GOSSIP_UNKNOWN;
                });
    }

    /** Keeps what the gauges show; called by whoever may look at the machine. */
    void look(Swim swim) {
        View seen = view;
        if (seen.version() != swim.version() || seen.slowness() != swim.slowness()) {
            view = new View(
                    swim.version(), swim.slowness(), swim.count(MemberHealth.ALIVE), swim.count(MemberHealth.SUSPECT));
        }
    }

    @Override
    public long read(MetricName gauge) {
        View seen = view;
        return switch (gauge) {
            case HEARTBEAT_SLOWNESS -> seen.slowness();
            case MEMBER_VERSION -> seen.version();
            case MEMBER_ALIVE -> seen.alive();
            default -> seen.suspect();
        };
    }
}
