package dev.hypercache.runtime.ring;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.lead.HoldLimits;
import dev.hypercache.core.leaderless.LeaderlessLimits;
import dev.hypercache.runtime.HeldKeys;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.telemetry.NodeLog;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What members and clients are put together from alike. */
final class NodeFoundation {

    private static final long HOLD_SILENCE_MILLIS = 1_500;
    private static final long HOLD_GRACE_MILLIS = 1_000;
    private static final int FRAME_BYTES_MAX = TransportOptions.FRAME_BYTES_MOST;
    /** How many keys of a slot are remembered for a replica that misses them. */
    private static final int UNANSWERED_MAX = 10_000;

    private static final int CALLS_IN_FLIGHT_MAX = 1_024;
    private static final long BYTES_IN_FLIGHT_MAX = 64L * 1024 * 1024;
    /** A record travels with outcomes of the mutations that led to it, which may have values of their own. */
    private static final int VALUES_PER_FRAME = 8;

    private final MemberNode.Ground ground;
    private final ControlPlane control;
    private final Settings settings;
    private final RingMetrics counted;
    private final NodeLog log;
    private final NodeClock clock;
    private final GuardedMoves moves;
    private final HintLedger hints;

    NodeFoundation(
            MemberNode.Ground ground, ControlPlane control, Settings settings, RingMetrics counted, NodeLog log) {
        this.ground = ground;
        this.control = control;
        this.settings = settings;
        this.counted = counted;
        this.log = log;
        this.clock = new NodeClock(ground.time());
        this.moves = new GuardedMoves(NodeSettings.moveLimits(settings));
        this.hints = new GuardedHintLedger(NodeSettings.hintLimits(settings), counted);
    }

    ControlPlane control() {
        return control;
    }

    NodeClock clock() {
        return clock;
    }

    RingMetrics counted() {
        return counted;
    }

    NodeLog log() {
        return log;
    }

    /** The links of a node whose transport is made with these options. */
    MemberLinks links(TransportOptions options, Members members) {
        FillingPace pace = new FillingPace(clock::steadyMillis, millis -> {
            counted.paced(millis);
            FillingPace.pause(millis);
        });
        return new MemberLinks(ground.transports().create(options), members, pace, counted, log);
    }

    TransportOptions options(NodeId self, Address address) {
        return new TransportOptions(
                self,
                address,
                new MemberFence(Objects.requireNonNull(settings.text(Setting.CLUSTER_NAME), "cluster"), control),
                FRAME_BYTES_MAX,
                CALLS_IN_FLIGHT_MAX,
                BYTES_IN_FLIGHT_MAX);
    }

    NodeGauges gauges(NodeParts parts, @Nullable RepairLoop repair, Deaths deaths, PeerWatch watch) {
        return new NodeGauges(parts, repair, hints, moves, deaths, watch);
    }

    SlotHost host(MemberLinks links, PeerWatch watch, MemberNotes notes) {
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
                new ChangeNews(links, clock, interests, counted, log),
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

    /** Who of the node's callers is under way. */
    Admission admission(String name) {
        return new Admission(name, settings.requestsMax(), counted);
    }

    NodeParts parts(
            SlotHost host, SlotCells cells, DigestReads digests, CacheRegistry definitions, Admission admission) {
        return new NodeParts(
                control,
                definitions,
                host.losses(),
                host.links(),
                host.watch(),
                cells,
                admission,
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
