package dev.hypercache.sim;

import dev.hypercache.core.coordinate.Coordinator;
import dev.hypercache.core.feed.FeedReader;
import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.lead.HoldLimits;
import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.leaderless.LeaderlessLimits;
import dev.hypercache.core.leaderless.LeaderlessSlot;
import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.HoldAnswer;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Store;
import dev.hypercache.core.move.MoveLimits;
import dev.hypercache.core.move.Moves;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.storage.EntryStore;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One incarnation of one node: the production machines of its slots and its coordinator, between clock and network. */
final class SimNode {

    static final HoldLimits HOLD_LIMITS = new HoldLimits(1_500, 1_000, 3_000);
    static final long TOKEN_WINDOW_MILLIS = 5_500;
    static final long CLOCK_OFFSET_MILLIS = 500;

    /** Few, so that outages overflow it; fewer at some nodes. */
    private static final int UNANSWERED_MAX_MOST = 3;

    /** Few at once, so that some wait. */
    private static final MoveLimits MOVE_LIMITS = new MoveLimits(3, 100_000);

    private static final long TICK_MILLIS = 10;
    private static final int HELD_MAX = 10_000;
    private static final FingerprintKey FINGERPRINTS = new FingerprintKey(1, 2);

    private final int id;
    private final World world;
    private final Chance chance;
    private final SimClock clock;
    private final NodeControl control;
    private final NodeId nodeId;
    private final SlotCopies copies;
    private final Door door;
    private final Map<Long, HoldSession> holds = new LinkedHashMap<>();
    private final Map<Integer, FeedReader> feeds = new LinkedHashMap<>();
    private final NodeRouting routing;
    private final HintLedger hints;
    private final Moves moves = new Moves(MOVE_LIMITS);
    private final Coordinator coordinator;
    private final NodeRepair repair;
    private final NodeDigests digests;
    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private BitSet suspected = new BitSet();
    private long leaderlessWrites;
    private boolean up = true;
    private boolean paused;

    /** A node from the moment at which it reads that it was admitted. */
    SimNode(int id, World world, NodeControl control, Chance chance) {
        this.id = id;
        this.world = world;
        this.control = control;
        this.door = new Door(control, world);
        this.nodeId = Lives.idOf(control);
        this.copies = new SlotCopies(this, this::newMachine, world);
        this.chance = chance;
        this.clock = new SimClock(world.queue(), chance);
        this.hints = new HintLedger(world.healing().hints());
        this.routing = new NodeRouting(this, world.coverage());
        this.coordinator = new Coordinator(id, routing, this::sendAsReader);
        this.digests = new NodeDigests(this, world.coverage(), this::isThoughtHeard);
        this.repair = new NodeRepair(this, world, world.healing().pace());
    }

    int id() {
        return id;
    }

    String name() {
        return nodeId.name();
    }

    NodeId nodeId() {
        return nodeId;
    }

    /** What the node knows of the agreed state. */
    NodeControl control() {
        return control;
    }

    Door door() {
        return door;
    }

    SimClock clock() {
        return clock;
    }

    HintLedger hints() {
        return hints;
    }

    Coordinator coordinator() {
        return coordinator;
    }

    NodeRepair repair() {
        return repair;
    }

    NodeDigests digests() {
        return digests;
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
        return copies.all();
    }

    @Nullable
    SlotMachine machine(int slot) {
        return copies.of(slot);
    }

    /** The configuration of a slot as far as the node knows it. */
    SlotConfiguration configuration(int slot) {
        return control.state().slots().configuration(slot);
    }

    void start() {
        control.attach(this::perform, this::follow);
        follow();
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
        long now = clock.steadyMillis();
        world.checks().leaderless().clocks();
        for (SlotMachine machine : copies.all()) {
            machine.tick(now, clock.wallMillis());
        }
        coordinator.tick(now);
        digests.tick();
        repair.tick();
        holds.values().forEach(session -> session.tick(world.queue().nowMillis()));
    }

    private void follow() {
        if (control.self() == null) {
            world.expelled().accept(this);
            return;
        }
        copies.follow(control.state(), clock.steadyMillis());
        repair.reset();
        world.checks().control().configured(this);
    }

    private SlotMachine newMachine(int slot, long copy, SlotConfiguration configuration) {
        SlotState state = new SlotState(
                slot, copy, configuration, cache -> store(slot, cache), TOKEN_WINDOW_MILLIS, FINGERPRINTS);
        SlotMachine.Node node = new SlotMachine.Node(
                id,
                this::send,
                Object::equals,
                new LeaderCoverage(
                        world.coverage(),
                        world.checks().evictions(),
                        world.invariants().led(state),
                        world.checks().events(),
                        () -> world.checks().floors().raised(state)),
                HOLD_LIMITS,
                hints,
                moves,
                CLOCK_OFFSET_MILLIS,
                1,
                chance::below,
                this::isThoughtHeard,
                leaderless(slot));
        SlotMachine created = new SlotMachine(state, node);
        created.suspect(suspected, clock.steadyMillis());
        return created;
    }

    /** Whatever is thought of who answers at once must do. */
    private boolean isThoughtHeard(int member) {
        return (member + world.queue().nowMillis()) % 3 != 0;
    }

    private EntryStore<StoredRecord> store(int slot, int cache) {
        return cache == Workload.ONE
                ? new WatchedStore(this, slot, world.checks().leaderless())
                : new SimStore();
    }

    private LeaderlessSlot.Node leaderless(int slot) {
        return new LeaderlessSlot.Node(
                id,
                this::send,
                Object::equals,
                event -> world.coverage().count(event.name()),
                new LeaderlessLimits(500, 1 + id % UNANSWERED_MAX_MOST, TOKEN_WINDOW_MILLIS),
                hints,
                moves,
                cache -> store(slot, cache),
                FINGERPRINTS,
                () -> ++leaderlessWrites);
    }

    void send(int to, Message message) {
        world.network().send(id, to, message);
    }

    private void sendAsReader(int to, Message message) {
        if (message instanceof Accept) {
            world.coverage().count("RESENT_BY_READER");
        } else if (message instanceof Store) {
            world.coverage().count("LEADERLESS_WRITEBACK");
        }
        send(to, message);
    }

    /** A message reached the node; from who is no member, as far as known here, it takes none (I9). */
    void deliver(int from, long generation, Message message) {
        if (paused && held.size() >= HELD_MAX) {
            return; // Nobody reads from its connections, and they are full.
        }
        perform(() -> {
            if (door.isOfThisGeneration(generation) && door.admits(from)) {
                receive(from, message);
            }
        });
    }

    private void receive(int from, Message message) {
        long now = clock.steadyMillis();
        door.note(message);
        if (digests.receive(from, message)
                || repair.receive(from, message)
                || coordinator.receive(from, message, now)
                || feed(message.slot()).receive(from, message)) {
            return;
        }
        if (message instanceof HoldAnswer answer) {
            HoldSession session = holds.get(answer.hold());
            if (session != null) {
                session.on(from, answer);
            }
            return;
        }
        coordinator.overhear(from, message);
        SlotMachine machine = copies.of(message.slot());
        if (machine != null) {
            machine.receive(from, message, now, clock.wallMillis());
            door.readOn(machine);
        } else {
            door.turnAway(this, from, message);
        }
    }

    /** What the node hears of a slot. */
    FeedReader feed(int slot) {
        return feeds.computeIfAbsent(
                slot,
                unused -> new FeedReader(this::send, world.checks().events().earOf(this)));
    }

    void suspect(BitSet newSuspected) {
        BitSet others = (BitSet) newSuspected.clone();
        others.clear(id);
        if (!others.equals(suspected)) {
            suspected = others;
            perform(() -> copies.all().forEach(one -> one.suspect(others, clock.steadyMillis())));
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
        world.checks().leaderless().lost();
        held.clear();
        copies.clear();
        control.close();
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
        SlotMachine machine = up && !paused ? copies.of(slot) : null;
        return machine != null && machine.isServing() ? machine.leadership() : null;
    }

    @Override
    public String toString() {
        return "node " + id + " " + nodeId + (up ? "" : " (down)") + (paused ? " (paused)" : "");
    }
}
