package dev.hypercache.runtime.ring;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.message.TopologyAdvanced;
import dev.hypercache.runtime.member.NodeMembership;
import dev.hypercache.runtime.member.NodeMemberships;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/** Puts a member together from what the ring agreed on so far. */
final class MemberAssembly {

    private final String name;
    private final MemberNode.Ground ground;
    private final ControlPlane control;
    private final Settings settings;
    private final NodeMetrics metrics;
    private final NodeFoundation foundation;
    private final NodeLog log;
    private final Deaths deaths;

    MemberAssembly(
            String name, MemberNode.Ground ground, ControlPlane control, Settings settings, NodeMetrics metrics) {
        this.name = name;
        this.ground = ground;
        this.control = control;
        this.settings = settings;
        this.metrics = metrics;
        this.log = NodeLog.of(MemberNode.class, name);
        this.foundation = new NodeFoundation(ground, control, settings, new RingMetrics(metrics.node()), log);
        this.deaths = new Deaths(foundation.clock());
    }

    /**
     * Makes the parts.
     *
     * @param notes wakes the parts that follow the log
     * @param expelled told that the ring has removed this node
     * @throws IllegalStateException if no member of the ring has the node's name
     */
    MemberWorks assemble(MemberNotes notes, Runnable expelled) {
        ControlState state = control.state();
        Members members = Members.of(state, name);
        Member self = Objects.requireNonNull(members.member(members.self()), "self");
        MemberLinks links =
                foundation.links(foundation.options(self.id(), self.profile().address()), members);
        links.pace().follow(state, members.self());
        PeerWatch watch = new PeerWatch(members, foundation.clock(), notes::suspicionsChanged, expelled);
        SlotHost host = foundation.host(links, watch, notes);
        SlotCells cells = new SlotCells(state.slots(), host);
        RingFollower follower = new RingFollower(control, state, host, cells, expelled);
        TopologyDoor topology = new TopologyDoor(ground.engine(), control, links, notes::behind);
        topology.followed(state);
        follower.listen(topology::followed);
        deaths.follow(state);
        follower.listen(deaths::follow);
        host.losses().follow(state);
        follower.listen(host.losses()::follow);
        follower.listen(now -> links.pace().follow(now, links.members().self()));
        follower.listen(now ->
                links.clients().forEach(client -> links.post(client, new TopologyAdvanced(now.index()))));
        NodeMembership membership = membership(members, links);
        follower.listen(unused -> watchAll(membership, links));
        DigestReads digests = new DigestReads(settings.isOn(Setting.DIGEST_READ_ENABLED), host);
        RepairLoop repair = new RepairLoop(host, cells, NodeSettings.switches(settings));
        Admission admission = foundation.admission(name);
        RingChores chores = new RingChores(follower, membership::tick, digests, repair::tick, admission);
        RingTimer timer = new RingTimer(name, cells, chores, host);
        notes.wake(follower, timer);
        CacheDefinitions definitions = new CacheDefinitions(
                control,
                self.id(),
                log,
                CacheDefinitions.creationMillis(settings.requestTimeout().toMillis()));
        NodeParts parts = foundation.parts(host, cells, digests, definitions, admission);
        foundation.counted().supply(foundation.gauges(parts, repair, deaths, watch));
        return new MemberWorks(
                links.transport(),
                new MessageDoor(cells, digests, topology, membership, host),
                parts,
                watch,
                membership,
                follower,
                new RingSteward(name, parts, watch, deaths, topology, NodeSettings.duty(settings)),
                new NodeOperations(parts, watch, deaths, topology),
                timer);
    }

    private NodeMembership membership(Members members, MemberLinks links) {
        NodeMembership.Ground around = new NodeMembership.Ground(
                members.self(),
                id -> links.members().shortId(id),
                links::post,
                foundation.clock()::steadyMillis,
                bound -> ThreadLocalRandom.current().nextInt(bound));
        NodeMembership membership = NodeMemberships.create(settings, around, metrics.node(), log);
        membership.start(deaths);
        watchAll(membership, links);
        return membership;
    }

    private static void watchAll(NodeMembership membership, MemberLinks links) {
        membership.watch(links.members().peers().values());
    }
}
