package dev.hypercache.sim;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/** A ring in a simulated world. */
final class SimRing {

    private final EventQueue queue = new EventQueue();
    private final Coverage coverage = new Coverage();
    private final Invariants invariants = new Invariants();
    private final List<SimNode> nodes = new ArrayList<>();
    private final Chance chance;
    private final SimNetwork network;
    private final SimTopology topology;

    SimRing(Chance chance, int size, int slots, int replicas) {
        this.chance = chance;
        this.network = new SimNetwork(queue, chance.split(), invariants);
        this.topology = new SimTopology(firstTable(size, slots, replicas));
        for (int id = 1; id <= size; id++) {
            add();
        }
    }

    private static List<SlotConfiguration> firstTable(int size, int slots, int replicas) {
        List<SlotConfiguration> table = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            int[] voters = new int[replicas];
            for (int i = 0; i < replicas; i++) {
                voters[i] = 1 + (slot + i) % size;
            }
            table.add(SlotConfiguration.stable(1, MemberSet.of(voters)));
        }
        return table;
    }

    /** A new incarnation of some node enters the ring. */
    SimNode add() {
        SimNode node = new SimNode(
                nodes.size() + 1, new SimNode.World(queue, network, topology, invariants, coverage), chance.split());
        nodes.add(node);
        network.add(node);
        node.start();
        return node;
    }

    EventQueue queue() {
        return queue;
    }

    SimNetwork network() {
        return network;
    }

    SimTopology topology() {
        return topology;
    }

    Coverage coverage() {
        return coverage;
    }

    Invariants invariants() {
        return invariants;
    }

    /** Every incarnation that ever was, by id. */
    List<SimNode> everybody() {
        return nodes;
    }

    List<SimNode> live() {
        return nodes.stream().filter(SimNode::isUp).toList();
    }

    SimNode node(int id) {
        return nodes.get(id - 1);
    }

    /** Whether every slot has living majorities when a node is gone. */
    boolean survives(SimNode lost) {
        Predicate<MemberSet> keeps = members -> {
            BitSet up = new BitSet();
            live().stream().filter(node -> node != lost).forEach(node -> up.set(node.id()));
            return members.isEmpty() || members.hasMajorityIn(up);
        };
        for (int slot = 0; slot < topology.slots(); slot++) {
            SlotConfiguration configuration = topology.of(slot);
            if (!keeps.test(configuration.voters()) || !keeps.test(configuration.incoming())) {
                return false;
            }
        }
        return true;
    }
}
