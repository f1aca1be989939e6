package dev.hypercache.sim;

import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.FoundRing;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.control.RingSettings;
import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.reform.ReformDecision;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.spi.RingId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A ring in a simulated world. */
final class SimRing {

    private final EventQueue queue = new EventQueue();
    private final Coverage coverage = new Coverage();
    private final Invariants invariants = new Invariants();
    private final Losses losses = new Losses(this);
    private final ControlChecks controlChecks = new ControlChecks(invariants, coverage, losses::moved);
    private final FloorChecks floors = new FloorChecks(this);
    private final LeaderlessChecks leaderlessChecks = new LeaderlessChecks(invariants, queue);
    private final Evictions evictions = new Evictions(this);
    private final EventChecks events = new EventChecks(this);
    private final Map<Integer, SimNode> nodes = new TreeMap<>();
    private final Chance chance;
    private long planted;
    private final Set<SimKey> corrupted = new LinkedHashSet<>();
    private final SimNetwork network;
    private final SimTopology topology;
    private final Lives lives;
    private final Healing healing;
    private final List<NodeControl> controls = new ArrayList<>();
    private @Nullable Reforms reforms;

    SimRing(Chance chance, int size, int slots, int replicas) {
        this(chance, size, slots, replicas, Healing.USUAL, false);
    }

    SimRing(Chance chance, int size, int slots, int replicas, Healing healing) {
        this(chance, size, slots, replicas, healing, false);
    }

    /** @param engine whether the log is the engine of production */
    SimRing(Chance chance, int size, int slots, int replicas, Healing healing, boolean engine) {
        this.healing = healing;
        this.chance = chance;
        this.leaderlessChecks.of(this);
        this.network = new SimNetwork(queue, chance.split(), invariants);
        this.topology = engine
                ? new RaftTopology(this, controlChecks, chance.split())
                : new ListTopology(queue, chance.split(), controlChecks);
        this.lives = new Lives(this, chance.split());
        found(size, slots, replicas);
    }

    private void found(int size, int slots, int replicas) {
        List<NodeControl> founders = new ArrayList<>();
        List<NodeProfile> profiles = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            profiles.add(lives.profile(lives.newName()));
            founders.add(control(profiles.get(i)));
        }
        RingSettings settings = new RingSettings(new RingId(chance.uuid(), 1), slots, replicas, new TreeMap<>());
        ControlCommand founding = chance.happens(0.5)
                ? TopologyPlanner.found(settings, profiles)
                : new FoundRing(settings, profiles, shifted(size, slots, replicas));
        topology.found(founders.get(0), founding);
        for (NodeControl founder : founders) {
            founder.start();
            founder.log().catchUp();
            founder.readTo(topology.last());
            enter(founder);
        }
    }

    private static List<MemberSet> shifted(int size, int slots, int replicas) {
        List<MemberSet> table = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            int[] voters = new int[replicas];
            for (int i = 0; i < replicas; i++) {
                voters[i] = 1 + (slot + i) % size;
            }
            table.add(MemberSet.of(voters));
        }
        return table;
    }

    private NodeControl control(NodeProfile profile) {
        NodeControl control = new NodeControl(profile, topology.open(profile), controlChecks, chance.split());
        controls.add(control);
        return control;
    }

    private void enter(NodeControl control) {
        Member self = Objects.requireNonNull(control.self(), "self");
        control.enter(self);
        SimNode node = new SimNode(
                self.shortId(),
                new World(
                        queue,
                        network,
                        topology,
                        new World.Checks(invariants, controlChecks, leaderlessChecks, evictions, floors, events),
                        coverage,
                        healing,
                        lives::expelled),
                control,
                chance.split());
        nodes.put(node.id(), node);
        network.add(node);
        node.start();
    }

    /** A process starts and asks to become a member. */
    void admit(NodeProfile profile, Runnable then) {
        new Admission(queue, control(profile), admitted -> {
                    enter(admitted);
                    then.run();
                })
                .start();
    }

    /** The lives that are, members or not. */
    List<NodeControl> controls() {
        controls.removeIf(NodeControl::isClosed);
        return List.copyOf(controls);
    }

    /** How far the survivors of a lost log have got. */
    String reform() {
        return String.valueOf(reforms);
    }

    /** The topology log has lost the majority of these voters. */
    void logLost(List<UUID> voters, Chance dice) {
        reforms = reforms == null ? new Reforms(this, dice) : reforms;
        reforms.begin(voters);
    }

    /** The next generation begins. Who is not of it and believed to be begins another life, and homeless ones look again. */
    void reformed(ReformDecision decision) {
        coverage.count("REFORMED");
        coverage.count("REFORM_RETURNED", decision.reform().returned().size());
        if (decision.index() < topology.last()) {
            coverage.count("REFORM_LOST_CHANGES");
            invariants.forgetBallots();
        }
        topology.begin(decision);
        for (SimNode node : live()) {
            if (topology.state().roster().member(node.nodeId()) == null) {
                lives.expelled(node);
            }
        }
        for (NodeControl control : controls()) {
            boolean isReturned = topology.state().roster().members().stream()
                    .anyMatch(member ->
                            member.profile().boot().equals(control.profile().boot()));
            if (!isReturned) {
                control.beginAnew();
            }
        }
    }

    EventQueue queue() {
        return queue;
    }

    /** Lets so much time pass. */
    void run(long millis) {
        queue.runUntil(queue.nowMicros() + millis * 1_000);
    }

    /** Numbers what is planted in copies: no two of them may have the same version. */
    long nextPlanted() {
        return ++planted;
    }

    /** The keys of which some replica forgot something, or remembers what never was. */
    Set<SimKey> corrupted() {
        return corrupted;
    }

    SimNetwork network() {
        return network;
    }

    SimTopology topology() {
        return topology;
    }

    Lives lives() {
        return lives;
    }

    Coverage coverage() {
        return coverage;
    }

    LeaderlessChecks leaderlessChecks() {
        return leaderlessChecks;
    }

    Losses losses() {
        return losses;
    }

    Evictions evictions() {
        return evictions;
    }

    EventChecks events() {
        return events;
    }

    FloorChecks floors() {
        return floors;
    }

    Invariants invariants() {
        return invariants;
    }

    /** Every incarnation that was ever a member, by short id. */
    Collection<SimNode> everybody() {
        return nodes.values();
    }

    List<SimNode> live() {
        return nodes.values().stream().filter(SimNode::isUp).toList();
    }

    /** The nodes that clients go to: those that are not about to leave; dead ones if none is left. */
    List<SimNode> open() {
        List<SimNode> open =
                live().stream().filter(node -> !node.control().isLeaving()).toList();
        List<SimNode> others = open.isEmpty() ? live() : open;
        return others.isEmpty() ? List.copyOf(nodes.values()) : others;
    }

    /** A node that leads some slot, anybody if the one that was drawn has no leader. */
    SimNode leaderOfAny(Chance dice) {
        int slot = dice.below(topology.slots());
        for (SimNode node : live()) {
            if (node.serving(slot) != null) {
                return node;
            }
        }
        return dice.oneOf(live());
    }

    /** The clock of a member; null if it has not begun yet. */
    @Nullable
    SimClock clockOf(int id) {
        SimNode node = nodes.get(id);
        return node == null ? null : node.clock();
    }

    /** A member's node; null if it was admitted and never began. */
    @Nullable
    SimNode find(int id) {
        return nodes.get(id);
    }

    /** The copy that a member holds of a slot; null if it holds none. */
    @Nullable
    SlotMachine machine(int id, int slot) {
        SimNode node = nodes.get(id);
        return node == null ? null : node.machine(slot);
    }

    SimNode node(int id) {
        return Objects.requireNonNull(nodes.get(id), "node");
    }

    /** Whether every slot has living majorities when a node is gone. */
    boolean survives(SimNode lost) {
        if (!topology.survives(lost.nodeId()) || !topology.mayLose(lost.id())) {
            return false;
        }
        for (int slot = 0; slot < topology.slots(); slot++) {
            SlotConfiguration configuration = topology.of(slot);
            if (!lives(configuration.voters(), lost.id()) || !lives(configuration.incoming(), lost.id())) {
                return false;
            }
        }
        return true;
    }

    /** Whether a majority of these lives and belongs to the ring. */
    boolean lives(MemberSet members) {
        return lives(members, 0);
    }

    /** Whether a majority of these lives and belongs to the ring when one is gone. */
    boolean lives(MemberSet members, int lost) {
        BitSet up = new BitSet();
        live().stream()
                .filter(node -> topology.state().roster().contains(node.id()) && !topology.isLeaving(node.nodeId()))
                .forEach(node -> up.set(node.id()));
        up.clear(lost);
        return members.isEmpty() || members.hasMajorityIn(up);
    }
}
