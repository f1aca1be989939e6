package dev.hypercache.runtime.ring;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.core.control.AdmitMember;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.runtime.TimeSource;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.Levels;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.runtime.call.RingDefinitions;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.runtime.call.RingOperations;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.storage.EntryStoreFactory;
import dev.hypercache.spi.storage.RetentionPolicyFactory;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A member of a ring.
 *
 * <p>The ring must have admitted it; from then on it follows the ring's topology log: members come and go, and slots with them.
 * Life: {@link #create} → {@link #open}, which lets others reach it → {@link #start}, which lets it run for leaderships → {@link
 * #close}, by which it leaves, or {@link #halt}. A ring that removes it ends it, too. Threads: those of the transport, one for
 * what is due, one that proposes changes of the ring.
 */
public final class MemberNode implements RingNode {

    private final NodeId id;
    private final MemberWorks works;
    private final NodeParts parts;
    private final PeerWatch watch;
    private final Departure departure;
    private final ClientService clients;

    private boolean closed;

    /**
     * What a member stands on.
     *
     * @param topology this member's handle on the ring's log, not started
     * @param engine what is behind it, if that uses the node's channels
     * @param transports makes its transport
     * @param stores makes the stores of its copies
     * @param policies makes what advises which entries to let go
     * @param time its wall clock
     */
    public record Ground(
            TopologyLog topology,
            TopologyEngine engine,
            TransportFactory transports,
            EntryStoreFactory stores,
            RetentionPolicyFactory policies,
            TimeSource time) {}

    private MemberNode(Settings settings, MemberAssembly assembly, MemberNotes notes) {
        this.works = assembly.assemble(notes, this::isOut);
        this.parts = works.parts();
        this.watch = works.watch();
        this.id = parts.links().members().selfId();
        this.clients = new ClientService(parts, watch);
        this.departure = new Departure(settings.duration(Setting.LEAVE_TIMEOUT).toMillis());
    }

    /**
     * Makes a node that is not reachable yet.
     *
     * @param name its name, that of a member of the ring
     * @param settings its settings, shared with no other node
     * @throws IllegalStateException if no member of the ring has that name
     */
    public static MemberNode create(String name, Ground ground, Settings settings, NodeMetrics metrics) {
        ControlPlane control =
                new ControlPlane(ground.topology(), settings.requestTimeout().toMillis());
        MemberNotes notes = new MemberNotes();
        control.start(notes::advanced);
        return new MemberNode(settings, new MemberAssembly(name, ground, control, settings, metrics), notes);
    }

    /** The ring has removed this node; on any thread, and perhaps more than once. */
    private void isOut() {
        departure.removed();
        if (departure.isNoticed()) {
            parts.log()
                    .error("ring")
                    .log(
                            "The ring has removed this node: it was taken for dead, or an operator removed it, or another process"
                                    + " has joined under its name. What it held is with the others; it ends here.");
            departure.tellExpelled();
        }
    }

    /** Who is told, on a thread of the node or at once, that the ring has removed it though it did not leave. */
    public void onExpelled(Runnable listener) {
        departure.onExpelled(listener);
    }

    /** The ring goes on without this node, which has no other way to learn of it. */
    public void expel() {
        isOut();
    }

    /** Who has the ring begin a further generation once the topology log lost its majority. */
    public void reformBy(Reformer reformer) {
        works.operations().reformBy(reformer);
    }

    /** Which node this is, in which of its lives. */
    public NodeId id() {
        return id;
    }

    /** What the ring has agreed on, as far as this node has read it. */
    public ControlState agreed() {
        return parts.control().state();
    }

    /**
     * Admits a node to the ring, in the life that its profile names. A node that is a member already stays one; a former life of the
     * same name is proven dead by it.
     *
     * @return the node as the ring knows it, with what the ring agreed on by then
     * @throws javax.cache.CacheException if the ring cannot agree now, or admits no further node
     */
    public Member admit(NodeProfile profile) {
        String what = "node '" + profile.name() + "' cannot be admitted to the ring";
        ControlState state =
                parts.control().agree(what, known -> isMember(known, profile) ? null : new AdmitMember(profile));
        return Objects.requireNonNull(state.roster().member(profile.name()), "admitted");
    }

    /** What the ring agreed on as bytes, with the last change that it sums up: what a node that joins begins with. */
    public TopologyPage.Checkpoint summary() {
        return parts.control().summary();
    }

    private static boolean isMember(ControlState state, NodeProfile profile) {
        Member member = state.roster().member(profile.name());
        return member != null && member.profile().boot().equals(profile.boot());
    }

    /** What it does on behalf of clients. */
    public ClientService clients() {
        return clients;
    }

    @Override
    public RingOperations operations() {
        return works.operations();
    }

    /** The fewest living voters that a slot of the ring has. */
    public int fewestLivingVoters() {
        return Replicas.fewest(agreed(), watch.suspected());
    }

    /**
     * The fingerprints of this node's copy of a slot; null if it holds none.
     *
     * @throws IndexOutOfBoundsException if the ring has no such slot
     */
    public @Nullable MerkleSnapshot merkle(int slot) {
        return MerkleSnapshot.of(cells().cell(slot));
    }

    SlotCells cells() {
        return parts.cells();
    }

    /** Lets other members reach this one. */
    public void open() {
        works.transport().start(works.door());
    }

    /** Begins to run for the leadership of its slots, and to take part in what becomes of the ring. */
    public void start() {
        works.timer().start();
        works.steward().start();
    }

    /** How many slots this node leads now. */
    public int slotsLed() {
        return cells().led();
    }

    /** How many slots that this node holds nobody leads; until it is none, requests wait. */
    public int slotsWithoutLeader() {
        return parts.cells().withoutLeader();
    }

    /** Whether this node and the members that it hears are more than half of all; else no slot can be written for long. */
    public boolean hearsMajority() {
        return watch.hearsMajority();
    }

    /** How many of this node's callers wait for a hold that somebody else has. */
    public int callersHeldUp() {
        return cells().heldUp();
    }

    @Override
    public int ringId(String cacheName, CacheTraits traits) {
        return parts.definitions().join(cacheName, traits, new CacheEraser(parts));
    }

    @Override
    public void quit(int id, CacheTraits traits) {
        parts.definitions().quit(id, traits, hearsMajority());
    }

    @Override
    public RingDefinitions definitions() {
        return parts.definitions();
    }

    @Override
    public RingClient openCache(CacheSpec spec) {
        parts.open(spec);
        return new MemberClient(spec, parts, Levels.QUORUM);
    }

    /**
     * Leaves the ring: others take over what this node holds, for up to {@code hypercache.leave.timeout}. Without a majority of the
     * members, or as the last one, it hands over nothing. Then it says good-bye and lets callers go who still wait.
     */
    @Override
    public void close() {
        leave();
        end(true);
    }

    private void leave() {
        if (isClosed() || !departure.begin()) {
            return;
        }
        if (departure.isGraceful() && parts.links().members().size() > 1 && hearsMajority()) {
            departure.await(works.steward(), cells(), parts.log());
        }
    }

    /** Whether it was closed or halted. */
    public synchronized boolean isClosed() {
        return closed;
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
        works.steward().close();
        for (int slot = 0; gracefully && slot < cells.size(); slot++) {
            cells.cell(slot).withMachine(SlotMachine::handOver);
        }
        parts.admission().close();
        works.timer().close();
        works.membership().close();
        cells.close();
        works.transport().close();
        parts.control().close();
    }

    @Override
    public String toString() {
        return "MemberNode[" + id.name() + "]";
    }
}
