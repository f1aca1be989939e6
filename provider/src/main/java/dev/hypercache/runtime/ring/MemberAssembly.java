package dev.hypercache.runtime.ring;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.lead.HoldLimits;
import dev.hypercache.core.leaderless.LeaderlessLimits;
import dev.hypercache.core.move.Moves;
import dev.hypercache.runtime.HeldKeys;
import dev.hypercache.runtime.member.NodeMembership;
import dev.hypercache.runtime.member.NodeMemberships;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Puts a member together from what the ring agreed on so far. */
final class MemberAssembly {

    private static final long HOLD_SILENCE_MILLIS = 1_500;
    private static final long HOLD_GRACE_MILLIS = 1_000;
    private static final int FRAME_BYTES_MAX = TransportOptions.FRAME_BYTES_MOST;
    /** How many keys of a slot are remembered for a replica that misses them. */
    private static final int UNANSWERED_MAX = 10_000;

    private static final int CALLS_IN_FLIGHT_MAX = 1_024;
    private static final long BYTES_IN_FLIGHT_MAX = 64L * 1024 * 1024;
    /** A record travels with outcomes of the mutations that led to it, which may have values of their own. */
    private static final int VALUES_PER_FRAME = 8;

    private final String name;
    private final MemberNode.Ground ground;
    private final ControlPlane control;
    private final Settings settings;
    private final NodeMetrics metrics;
    private final RingMetrics counted;
    private final NodeLog log;
    private final NodeClock clock;
    private final Moves moves;
    private final HintLedger hints;
    private final Deaths deaths;

    MemberAssembly(
            String name, MemberNode.Ground ground, ControlPlane control, Settings settings, NodeMetrics metrics) {
        this.name = name;
        this.ground = ground;
        this.control = control;
        this.settings = settings;
        this.metrics = metrics;
        this.counted = new RingMetrics(metrics.node());
        this.log = NodeLog.of(MemberNode.class, name);
        this.clock = new NodeClock(ground.time());
        this.moves = new GuardedMoves(NodeSettings.moveLimits(settings));
        this.hints = new GuardedHintLedger(NodeSettings.hintLimits(settings), counted);
        this.deaths = new Deaths(clock);
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
        Transport transport = ground.transports().create(optionsOf(members));
        FillingPace pace = new FillingPace(clock::steadyMillis, millis -> {
            counted.paced(millis);
            FillingPace.pause(millis);
        });
        pace.follow(state, members.self());
        MemberLinks links = new MemberLinks(transport, members, pace, counted, log);
        PeerWatch watch = new PeerWatch(members, clock, notes::suspicionsChanged);
        SlotHost host = host(links, watch, notes);
        SlotCells cells = new SlotCells(state.slots(), host);
        RingFollower follower = new RingFollower(control, state, host, cells, expelled);
        TopologyDoor topology = new TopologyDoor(ground.engine(), control, links, notes::behind);
        topology.followed(state);
        follower.listen(topology::followed);
        deaths.follow(state);
        follower.listen(deaths::follow);
        host.losses().follow(state);
        follower.listen(host.losses()::follow);
        follower.listen(now -> pace.follow(now, links.members().self()));
        NodeMembership membership = membership(members, links);
        follower.listen(unused -> watchAll(membership, links));
        DigestReads digests = new DigestReads(settings.isOn(Setting.DIGEST_READ_ENABLED), host);
        RepairLoop repair = new RepairLoop(host, cells, NodeSettings.switches(settings));
        RingTimer timer = new RingTimer(name, cells, new RingChores(follower, membership, digests, repair), host);
        notes.wake(follower, timer);
        NodeParts parts = parts(host, cells, digests);
        counted.supply(new NodeGauges(parts, repair, hints, moves, deaths, transport, watch));
        return new MemberWorks(
                transport,
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
                clock::steadyMillis,
                bound -> ThreadLocalRandom.current().nextInt(bound));
        NodeMembership membership = NodeMemberships.create(settings, around, metrics.node(), log);
        membership.start(deaths);
        watchAll(membership, links);
        return membership;
    }

    private static void watchAll(NodeMembership membership, MemberLinks links) {
        membership.watch(links.members().peers().values());
    }

    private TransportOptions optionsOf(Members members) {
        Member self = self(members);
        return new TransportOptions(
                self.id(),
                self.profile().address(),
                new MemberFence(Objects.requireNonNull(settings.text(Setting.CLUSTER_NAME), "cluster"), control),
                FRAME_BYTES_MAX,
                CALLS_IN_FLIGHT_MAX,
                BYTES_IN_FLIGHT_MAX);
    }

    private SlotHost host(MemberLinks links, PeerWatch watch, MemberNotes notes) {
        long offsetMillis = settings.clockMaxOffset().toMillis();
        long windowMillis = settings.requestTimeout().toMillis() + offsetMillis;
        Interests interests = new Interests(links, new CacheTallies(counted));
        RingCounting.Surroundings around = new RingCounting.Surroundings(
                cache -> control.state().caches().cache(cache) != null,
                settings.requestTimeout().toMillis(),
                counted,
                log);
        return new SlotHost(
                ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE),
                links,
                watch,
                new LossWatch(log),
                new ExpiryNews(links, clock, interests, counted),
                new RingBounds(links, clock, interests, ground.policies(), counted),
                new RingCounting(links, clock, watch, interests, around),
                clock,
                slot -> cache -> ground.stores().create("cache " + cache, slot),
                new HoldLimits(
                        HOLD_SILENCE_MILLIS,
                        HOLD_GRACE_MILLIS,
                        settings.holdMax().toMillis()),
                hints,
                moves,
                windowMillis,
                offsetMillis,
                new LeaderlessLimits(offsetMillis, UNANSWERED_MAX, windowMillis),
                new AtomicLong()::incrementAndGet,
                new RepairInbox(counted),
                (int) settings.number(Setting.REPLICATION_MIN),
                notes::behind,
                counted,
                log);
    }

    private static Member self(Members members) {
        return Objects.requireNonNull(members.member(members.self()), "self");
    }

    private NodeParts parts(SlotHost host, SlotCells cells, DigestReads digests) {
        return new NodeParts(
                control,
                new CacheDefinitions(control, self(host.links().members()).id(), log),
                host.losses(),
                host.links(),
                cells,
                new Admission(settings.requestsMax(), counted),
                new CallerWait(settings.isOn(Setting.CALLER_YIELD_ENABLED), System::nanoTime, counted),
                host.news(),
                host.bounds(),
                host.counting(),
                digests,
                new HeldKeys<>(),
                clock,
                counted,
                log,
                new HoldIds(),
                settings.requestTimeout().toMillis(),
                FRAME_BYTES_MAX / VALUES_PER_FRAME);
    }
}
