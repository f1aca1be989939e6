package dev.hypercache.sim;

import dev.hypercache.core.coordinate.Coordinator;
import dev.hypercache.core.lead.HoldLimits;
import dev.hypercache.core.lead.LeaderEvent;
import dev.hypercache.core.lead.LeaderObserver;
import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.HoldAnswer;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.ReplicaRead;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One incarnation of one node: the production machines of its slots and its coordinator, between clock and network. */
final class SimNode {

    static final HoldLimits HOLD_LIMITS = new HoldLimits(1_500, 1_000, 3_000);
    static final long TOKEN_WINDOW_MILLIS = 5_500;
    private static final long TICK_MILLIS = 10;

    /** What the nodes of a ring share: the world. */
    record World(
            EventQueue queue, SimNetwork network, SimTopology topology, Invariants invariants, Coverage coverage) {}

    private final int id;
    private final World world;
    private final Chance chance;
    private final SimClock clock;
    private final Map<Integer, SlotMachine> machines = new TreeMap<>();
    private final Map<Integer, SlotConfiguration> known = new TreeMap<>();
    private final Map<Long, HoldSession> holds = new LinkedHashMap<>();
    private final NodeRouting routing;
    private final Coordinator coordinator;
    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private BitSet suspected = new BitSet();
    private boolean up = true;
    private boolean paused;

    SimNode(int id, World world, Chance chance) {
        this.id = id;
        this.world = world;
        this.chance = chance;
        this.clock = new SimClock(world.queue(), chance);
        this.routing = new NodeRouting(this, world.coverage());
        this.coordinator = new Coordinator(id, routing, this::sendAsReader);
    }

    int id() {
        return id;
    }

    SimClock clock() {
        return clock;
    }

    Coordinator coordinator() {
        return coordinator;
    }

    NodeRouting routing() {
        return routing;
    }

    boolean isUp() {
        return up;
    }

    boolean isPaused() {
        return paused;
    }

    BitSet suspected() {
        return suspected;
    }

    Collection<SlotMachine> machines() {
        return machines.values();
    }

    @Nullable
    SlotMachine machine(int slot) {
        return machines.get(slot);
    }

    SlotConfiguration configuration(int slot) {
        SlotConfiguration configuration = known.get(slot);
        return configuration == null ? world.topology().of(slot) : configuration;
    }

    void start() {
        readTopology();
        tick();
    }

    /** Does it now, or once the node runs again. */
    void perform(Runnable action) {
        if (!up) {
            return;
        }
        if (paused) {
            held.add(action);
        } else {
            action.run();
            world.invariants().check(this);
        }
    }

    private void tick() {
        world.queue().after(TICK_MILLIS * 1_000 + chance.below(1_000), () -> {
            if (up) {
                perform(this::runDue);
                tick();
            }
        });
    }

    private void runDue() {
        if (paused) {
            return;
        }
        if (chance.happens(0.1) && !world.topology().isStalled()) {
            readTopology();
        }
        long now = clock.steadyMillis();
        for (SlotMachine machine : machines.values()) {
            machine.tick(now);
        }
        coordinator.tick(now);
        holds.values().forEach(session -> session.tick(world.queue().nowMillis()));
    }

    private void readTopology() {
        for (int slot = 0; slot < world.topology().slots(); slot++) {
            SlotConfiguration configuration = world.topology().of(slot);
            if (!configuration.equals(known.put(slot, configuration))) {
                configure(slot, configuration);
            }
        }
    }

    private void configure(int slot, SlotConfiguration configuration) {
        SlotMachine machine = machines.get(slot);
        if (!configuration.holders().contains(id)) {
            machines.remove(slot);
        } else if (machine != null) {
            machine.configure(configuration, clock.steadyMillis());
        } else {
            SlotState state = new SlotState(slot, configuration, cache -> new SimStore(), TOKEN_WINDOW_MILLIS);
            SlotMachine.Node node =
                    new SlotMachine.Node(id, this::send, Object::equals, new Observer(), HOLD_LIMITS, chance::below);
            SlotMachine created = new SlotMachine(state, node);
            created.suspect(suspected, clock.steadyMillis());
            machines.put(slot, created);
        }
    }

    private final class Observer implements LeaderObserver {
        @Override
        public void changed(
                RecordKey name, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {}

        @Override
        public void happened(LeaderEvent event) {
            world.coverage().count(event.name());
        }
    }

    void send(int to, Message message) {
        world.network().send(id, to, message);
    }

    private void sendAsReader(int to, Message message) {
        if (message instanceof Accept) {
            world.coverage().count("RESENT_BY_READER");
        }
        send(to, message);
    }

    /** A message reached the node. */
    void deliver(int from, Message message) {
        perform(() -> receive(from, message));
    }

    private void receive(int from, Message message) {
        long now = clock.steadyMillis();
        if (message instanceof ReplicaRead read && read.refused()) {
            world.coverage().count("QUORUM_READ_REFUSED");
        }
        if (coordinator.receive(from, message, now)) {
            return;
        }
        if (message instanceof HoldAnswer answer) {
            HoldSession session = holds.get(answer.hold());
            if (session != null) {
                session.on(from, answer);
            }
            return;
        }
        if (message instanceof Accepted accepted) {
            coordinator.accepted(from, accepted);
        }
        SlotMachine machine = machines.get(message.slot());
        if (machine != null) {
            machine.receive(from, message, now, clock.wallMillis());
        } else if (message instanceof Execute execute) {
            redirect(from, message.slot(), execute.head());
        } else if (message instanceof ExecuteClear clear) {
            redirect(from, message.slot(), clear.head());
        }
    }

    /** A node that holds no copy of the slot cannot perform what it was asked for now. */
    private void redirect(int from, int slot, RequestHead head) {
        send(from, Rejected.of(slot, head, Rejected.Reason.NO_COPY, Rejected.NOBODY, clock.wallMillis()));
    }

    void suspect(BitSet newSuspected) {
        BitSet others = (BitSet) newSuspected.clone();
        others.clear(id);
        if (!others.equals(suspected)) {
            suspected = others;
            perform(() -> machines.values().forEach(one -> one.suspect(others, clock.steadyMillis())));
        }
    }

    void hold(HoldSession session) {
        holds.put(session.id(), session);
    }

    void forget(HoldSession session) {
        world.queue().after(0, () -> holds.remove(session.id()));
    }

    /** Everything the node knew is gone. */
    void crash() {
        up = false;
        held.clear();
        machines.clear();
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        while (!held.isEmpty() && !paused) {
            perform(held.poll());
        }
    }

    /** The leadership of a slot that this node has now, if it serves. */
    @Nullable
    Leadership serving(int slot) {
        SlotMachine machine = up && !paused ? machines.get(slot) : null;
        return machine != null && machine.isServing() ? machine.leadership() : null;
    }

    @Override
    public String toString() {
        return "node " + id + (up ? "" : " (down)") + (paused ? " (paused)" : "");
    }
}
