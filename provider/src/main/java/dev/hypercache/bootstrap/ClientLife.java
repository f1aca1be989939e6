package dev.hypercache.bootstrap;

import dev.hypercache.config.Settings;
import dev.hypercache.runtime.ring.ClientNode;
import dev.hypercache.runtime.ring.MemberNode;
import dev.hypercache.runtime.ring.TopologyEngine;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.storage.CaffeineRetentions;
import dev.hypercache.storage.HeapEntryStores;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeMetrics;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A client's life in one ring: it ends with the ring, and the client begins another one.
 *
 * @param topology knows what the ring agreed on
 * @param node asks its members
 */
record ClientLife(ClientTopology topology, ClientNode node) {

    private static final long RENEW_MILLIS = 3_000;

    /**
     * What every life of a client stands on.
     *
     * @param name what the client is called
     * @param settings its settings
     * @param metrics where it counts
     * @param transports makes its transport
     * @param calls asks members over HTTP
     * @param members knows whom to ask
     */
    record Ground(
            String name,
            Settings settings,
            NodeMetrics metrics,
            TransportFactory transports,
            ClientCalls calls,
            ClientMembers members) {}

    /**
     * Begins one.
     *
     * @param first what a member told of the ring
     * @param otherRing told when members tell of another ring; returns at once
     */
    static ClientLife begin(Ground ground, RingPage first, Consumer<RingPage> otherRing) {
        MetricSet metrics = ground.metrics().node();
        NodeId self = new NodeId(
                ground.name(), new Incarnation(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)));
        ClientTopology topology =
                new ClientTopology(ground.name(), first, ground.calls(), ground.members(), metrics, otherRing);
        RemoteUses uses = new RemoteUses(
                self,
                first.ring().id(),
                ground.calls(),
                ground.members(),
                ground.settings().requestTimeout().toMillis());
        ClientNode node = started(ground, self, topology, uses);
        ClientTopology.follow(ground.members(), node.agreed());
        topology.every(ClientTopology.PULL_MILLIS, () -> ClientTopology.follow(ground.members(), node.agreed()));
        topology.every(RENEW_MILLIS, () -> renew(uses, node));
        return new ClientLife(topology, node);
    }

    private static ClientNode started(Ground ground, NodeId self, ClientTopology topology, RemoteUses uses) {
        try {
            ClientNode node =
                    ClientNode.create(self, nodeGround(ground, topology), uses, ground.settings(), ground.metrics());
            node.start();
            return node;
        } catch (RuntimeException | Error e) {
            topology.close();
            throw e;
        }
    }

    private static MemberNode.Ground nodeGround(Ground ground, ClientTopology topology) {
        return new MemberNode.Ground(
                topology,
                TopologyEngine.NONE,
                ground.transports(),
                new HeapEntryStores(),
                new CaffeineRetentions(),
                System::currentTimeMillis);
    }

    private static void renew(RemoteUses uses, ClientNode node) {
        try {
            uses.renew(node.uses());
        } catch (IOException | RingRefusedException unanswered) {
            return; // It is said again soon; a lease outlives several tries.
        }
    }

    /** Ends it. */
    void end() {
        node.close();
        topology.close();
    }
}
