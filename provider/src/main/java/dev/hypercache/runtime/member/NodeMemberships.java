package dev.hypercache.runtime.member;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.core.member.SwimPace;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;

/** The membership that a node's settings ask for. */
public final class NodeMemberships {

    private NodeMemberships() {}

    /**
     * Makes it.
     *
     * @param settings {@code hypercache.gossip.*} count
     * @param ground what the node has for it
     * @param metrics those of the node
     * @param log that of the node
     * @return not started
     */
    public static NodeMembership create(
            Settings settings, NodeMembership.Ground ground, MetricSet metrics, NodeLog log) {
        return settings.isOn(Setting.GOSSIP_ENABLED)
                ? SwimMembership.create(ground, pace(settings), metrics, log)
                : FixedMembership.create(ground);
    }

    private static SwimPace pace(Settings settings) {
        return new SwimPace(
                settings.duration(Setting.GOSSIP_INTERVAL).toMillis(),
                (int) settings.number(Setting.GOSSIP_PROBES),
                settings.duration(Setting.GOSSIP_PROBE_TIMEOUT).toMillis(),
                (int) settings.number(Setting.GOSSIP_INDIRECT),
                (int) settings.number(Setting.GOSSIP_SUSPICION));
    }
}
