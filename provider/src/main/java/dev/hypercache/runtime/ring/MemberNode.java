package dev.hypercache.runtime.ring;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.lead.HoldLimits;
import dev.hypercache.core.leaderless.LeaderlessLimits;
import dev.hypercache.runtime.HeldKeys;
import dev.hypercache.runtime.TimeSource;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.Levels;
import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.storage.EntryStoreFactory;
import dev.hypercache.spi.storage.RetentionPolicyFactory;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.transport.RingFence;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A member of a ring.
 *
 * <p>The ring must be founded with this node among the founders; who is a member and who holds which slot is read once, at
 * the start. Life: {@link #create} → {@link #open}, which lets others reach it → {@link #start}, which lets it run for
 * leaderships → {@link #close}. Threads: those of the transport, and one for what is due.
 */
public final class MemberNode implements RingNode {

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
    private final Members members;
    private final Transport transport;
    private final MessageDoor door;
    private final NodeParts parts;
    private final PeerWatch watch;
    private final HintLedger hints;
    private final RepairLoop repair;
    private final RingTimer timer;
    private boolean closed;

    /**
     * What a member stands on.
     *
     * @param topology this member's handle on the ring's log, not started
     * @param transports makes its transport
     * @param stores makes the stores of its copies
     * @param policies makes what advises which entries to let go
     * @param time its wall clock
     */
    public record Ground(
            TopologyLog topology,
            TransportFactory transports,
            EntryStoreFactory stores,
            RetentionPolicyFactory policies,
            TimeSource time) {}

    private MemberNode(String name, Ground ground, ControlPlane control, Settings settings, NodeMetrics metrics) {
        this.name = name;
        ControlState state = control.state();
        long timeoutMillis = settings.requestTimeout().toMillis();
        this.members = Members.of(state, name);
        RingMetrics counted = new RingMetrics(metrics.node());
        NodeLog log = NodeLog.of(MemberNode.class, name);
        NodeClock clock = new NodeClock(ground.time());
        this.transport = ground.transports().create(optionsOf(self(), fence(settings)));
        MemberLinks links = new MemberLinks(transport, members, counted, log);
        this.watch = new PeerWatch(members, clock, this::suspicionsChanged);
        this.hints = new GuardedHintLedger(NodeSettings.hintLimits(settings), counted);
        ExpiryNews news = new ExpiryNews(links, clock, counted);
        RingBounds bounds = new RingBounds(links, clock, news.interests(), ground.policies(), counted);
        SlotHost host = new SlotHost(
                ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE),
                links,
                watch,
                news,
                bounds,
                clock,
                slot -> cache -> ground.stores().create("cache " + cache, slot),
                new HoldLimits(
                        HOLD_SILENCE_MILLIS,
                        HOLD_GRACE_MILLIS,
                        settings.holdMax().toMillis()),
                hints,
                timeoutMillis + settings.clockMaxOffset().toMillis(),
                settings.clockMaxOffset().toMillis(),
                new LeaderlessLimits(
                        settings.clockMaxOffset().toMillis(),
                        UNANSWERED_MAX,
                        timeoutMillis + settings.clockMaxOffset().toMillis()),
                new AtomicLong()::incrementAndGet,
                new RepairInbox(counted),
                counted,
                log);
        SlotCells cells = new SlotCells(state.slots(), host);
        if (ground.topology() instanceof RingTopologyLog ofRing) {
            ofRing.attach(cells);
        }
        DigestReads digests = new DigestReads(settings.isOn(Setting.DIGEST_READ_ENABLED), host);
        this.door = new MessageDoor(links, cells, digests, host);
        this.repair = new RepairLoop(host, cells, NodeSettings.switches(settings));
        this.timer = new RingTimer(name, cells, repair, digests, host);
        this.parts = new NodeParts(
                control,
                links,
                cells,
                new Admission(settings.requestsMax(), counted),
                new CallerWait(settings.isOn(Setting.CALLER_YIELD_ENABLED), System::nanoTime, counted),
                news,
                bounds,
                digests,
                new HeldKeys<>(),
                clock,
                counted,
                log,
                new HoldIds(),
                timeoutMillis,
                FRAME_BYTES_MAX / VALUES_PER_FRAME);
        counted.supply(new NodeGauges(parts, repair, hints, transport, watch));
    }

    /**
     * Makes a node that is not reachable yet.
     *
     * @param name its name, that of a founder of the ring
     * @param settings its settings, shared with no other node
     * @throws IllegalStateException if no member of the ring has that name
     */
    public static MemberNode create(String name, Ground ground, Settings settings, NodeMetrics metrics) {
        ControlPlane control =
                new ControlPlane(ground.topology(), settings.requestTimeout().toMillis());
        control.start();
        return new MemberNode(name, ground, control, settings, metrics);
    }

    private Member self() {
        return Objects.requireNonNull(members.member(members.self()), "self");
    }

    private static TransportOptions optionsOf(Member self, RingFence fence) {
        return new TransportOptions(
                self.id(), self.profile().address(), fence, FRAME_BYTES_MAX, CALLS_IN_FLIGHT_MAX, BYTES_IN_FLIGHT_MAX);
    }

    private RingFence fence(Settings settings) {
        return RingFence.of(Objects.requireNonNull(settings.text(Setting.CLUSTER_NAME), "cluster"), members.ring());
    }

    private void suspicionsChanged() {
        timer.suspicionsChanged();
    }

    /** Which node this is, in which of its lives. */
    public NodeId id() {
        return self().id();
    }

    /**
     * The fingerprints of this node's copy of a slot; null if it holds none.
     *
     * @throws IndexOutOfBoundsException if the ring has no such slot
     */
    public @Nullable MerkleSnapshot merkle(int slot) {
        AtomicReference<@Nullable MerkleSnapshot> snapshot = new AtomicReference<>();
        cells().cell(slot).withMachine((machine, now) -> snapshot.set(MerkleSnapshot.of(machine)));
        return snapshot.get();
    }

    SlotCells cells() {
        return parts.cells();
    }

    /** Lets other members reach this one. */
    public void open() {
        transport.start(door);
    }

    /** Begins to run for the leadership of its slots. */
    public void start() {
        timer.start();
    }

    /** How many slots this node leads now. */
    public int slotsLed() {
        return parts.cells().led();
    }

    /** How many slots that this node holds nobody leads; until it is none, requests wait. */
    public int slotsWithoutLeader() {
        return parts.cells().withoutLeader();
    }

    /** Whether this node and the members that it hears are more than half of all; else no slot can be written for long. */
    public boolean hearsMajority() {
        int all = members.others().length + 1;
        return 2 * (all - watch.suspected().cardinality()) > all;
    }

    /** How many of this node's callers wait for a hold that somebody else has. */
    public int callersHeldUp() {
        return parts.cells().heldUp();
    }

    @Override
    public int ringId(String cacheName, CacheTraits traits) {
        return parts.control().define(cacheName, traits);
    }

    /**
     * The caches that the ring has now, by ascending id; asks the ring.
     *
     * @throws RequestFailedException if it does not answer
     */
    public List<DefinedCache> definedCaches() {
        return parts.control().definedCaches();
    }

    @Override
    public RingClient openCache(CacheSpec spec) {
        parts.bounds().open(spec.id(), spec.limits());
        parts.news().interests().open(spec.id(), spec.observer());
        return new MemberClient(spec, parts, Levels.QUORUM);
    }

    /** Hands its leaderships to others, says good-bye, and lets callers go who still wait. */
    @Override
    public void close() {
        end(true);
    }

    /** Ends without a word to anybody, as if the process had died. */
    public void halt() {
        end(false);
    }

    private synchronized void end(boolean gracefully) {
        if (closed) {
            return;
        }
        closed = true;
        SlotCells cells = parts.cells();
        for (int slot = 0; gracefully && slot < cells.size(); slot++) {
            cells.cell(slot).handOver();
        }
        parts.admission().close();
        timer.close();
        cells.close();
        transport.close();
        parts.control().close();
    }

    @Override
    public String toString() {
        return "MemberNode[" + name + "]";
    }
}
