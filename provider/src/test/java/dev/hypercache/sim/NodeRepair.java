package dev.hypercache.sim;

import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.PairMessage;
import dev.hypercache.core.message.SlotRoot;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.node.SlotRoots;
import dev.hypercache.core.repair.LedSlot;
import dev.hypercache.core.repair.NodeCopies;
import dev.hypercache.core.repair.PairRepair;
import dev.hypercache.core.repair.ReadRepair;
import dev.hypercache.core.repair.RepairPace;
import dev.hypercache.core.replica.Recount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a node compares its copies with those of others, passes on what readers saw, and counts its records once more. */
final class NodeRepair implements NodeCopies {

    private static final int RECOUNTED = 64;

    private final SimNode node;
    private final World world;
    private final PairRepair pairs;
    private final ReadRepair reads;
    private Map<Integer, Long> led = Map.of();
    private int turns;

    NodeRepair(SimNode node, World world, RepairPace pace) {
        this.node = node;
        this.world = world;
        this.pairs = new PairRepair(node::send, this, event -> world.coverage().count("REPAIR_" + event), pace);
        this.reads = new ReadRepair(
                node::send,
                slot -> node.routing().leader(slot),
                event -> world.coverage().count("REPAIR_" + event));
    }

    @Override
    public List<LedSlot> led(int follower) {
        List<LedSlot> slots = new ArrayList<>();
        for (SlotMachine machine : node.machines()) {
            addIfAny(slots, SlotRoots.led(machine, follower, node.clock().steadyMillis()));
            addIfAny(slots, SlotRoots.unorderedLed(machine, node.id(), follower));
        }
        return slots;
    }

    @Override
    public List<SlotRoot> followed(int leader) {
        List<SlotRoot> slots = new ArrayList<>();
        for (SlotMachine machine : node.machines()) {
            addIfAny(slots, SlotRoots.followed(machine, node.id(), leader));
            addIfAny(slots, SlotRoots.unorderedFollowed(machine, node.id(), leader));
        }
        return slots;
    }

    private static <T> void addIfAny(List<T> slots, @Nullable T slot) {
        if (slot != null) {
            slots.add(slot);
        }
    }

    @Override
    public void compareUnordered(int slot, int holder) {
        SlotMachine machine = node.machine(slot);
        if (machine != null) {
            machine.leaderless().compare(holder);
        }
    }

    @Override
    public void compare(int slot, int follower) {
        SlotMachine machine = node.machine(slot);
        if (machine != null && machine.leadership() != null) {
            Objects.requireNonNull(machine.leadership())
                    .repairs()
                    .compare(follower, node.clock().steadyMillis());
        }
    }

    /** A message arrived; false if it is not about the comparison of nodes. */
    boolean receive(int from, Message message) {
        if (message instanceof PairMessage pair) {
            pairs.receive(from, pair, node.clock().steadyMillis());
        }
        return message instanceof PairMessage;
    }

    void seen(ReadRepair.Stale stale) {
        reads.seen(stale);
    }

    /** The members changed, or who holds what. */
    void reset() {
        pairs.reset(node.clock().steadyMillis());
    }

    void tick() {
        long now = node.clock().steadyMillis();
        Map<Integer, Long> newest = new TreeMap<>();
        for (SlotMachine machine : node.machines()) {
            if (machine.isServing()) {
                newest.put(machine.state().slot(), machine.state().promise().ballot());
            }
        }
        recount();
        if (!newest.equals(led)) {
            led = newest;
            reset();
        }
        pairs.tick(reachable(), now);
        reads.tick(now);
    }

    /** One slot's, and another's next time. */
    private void recount() {
        List<SlotMachine> machines = List.copyOf(node.machines());
        if (machines.isEmpty()) {
            return;
        }
        SlotMachine machine = machines.get(turns++ % machines.size());
        if (machine.state().contents().recount(RECOUNTED) == Recount.Step.MISMATCHED) {
            world.invariants().violated("a fingerprint of " + machine.state() + " at " + node + " is wrong");
        }
    }

    private int[] reachable() {
        return node.control().state().roster().members().stream()
                .mapToInt(member -> member.shortId())
                .filter(member -> member != node.id() && !node.suspected().get(member))
                .sorted()
                .toArray();
    }

    long intervalMillis() {
        return pairs.intervalMillis();
    }

    @Override
    public String toString() {
        return "NodeRepair[" + node.id() + ", reachable " + Arrays.toString(reachable()) + "]";
    }
}
