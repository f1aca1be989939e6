package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.SlotEntry;
import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.coordinate.Coordinator;
import dev.hypercache.core.feed.FeedReader;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RequestMessage;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.record.InvariantViolation;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One slot on one node, behind its lock: the copy if this node holds one, and the requests of this node's callers.
 *
 * <p>Whoever has an event (a caller, a thread of the transport, the timer) takes the lock and runs the machines inline.
 * Nothing waits and no user code runs under the lock; messages to others are handed to the transport under it, which keeps
 * their order and does not wait for the network. A message to the node itself is delivered at the end of the event, under
 * the same lock, at most {@value #SELF_DELIVERIES_MAX} of them at a time; the timer comes back for the rest.
 *
 * <p>No thread is ever inside two slots.
 */
final class SlotCell {

    private static final int SELF_DELIVERIES_MAX = 10_000;

    private final ReentrantLock guard = new ReentrantLock();
    private final int slot;
    private final SlotHost host;
    private final CellCopy copy;
    private final CellRouting routing;
    private final Coordinator coordinator;
    private final HoldSessions holds;
    private final FeedReader feed;
    /** Filled and emptied within one event. */
    private final ArrayDeque<Message> toSelf = new ArrayDeque<>();

    /** Whose operation is being dealt with. */
    private int caller = Members.NOBODY;

    private volatile boolean leads;
    private boolean closed;
    private volatile boolean busy = true;

    SlotCell(int slot, SlotEntry entry, SlotHost host) {
        this.slot = slot;
        this.host = host;
        this.copy = new CellCopy(slot, host, this::send, () -> caller);
        this.routing = new CellRouting(host, entry.configuration());
        this.coordinator = new Coordinator(host.client(), routing, this::send);
        this.holds = new HoldSessions(slot, host, routing, this::send);
        this.feed = new FeedReader(this::send, new CellEar(host, this));
        hold(entry, host.clock().steadyMillis());
    }

    /** The ring agreed on other holders of the slot: this node's copy begins, goes on or ends. */
    void follow(SlotEntry entry) {
        guard.lock();
        try {
            if (!closed) {
                hold(entry, host.clock().steadyMillis());
                settle();
            }
        } finally {
            guard.unlock();
        }
    }

    private void hold(SlotEntry entry, long now) {
        SlotMachine dropped = copy.follow(entry, now);
        if (dropped != null && leads) {
            host.bounds().lost(dropped.state());
            leads = false;
        }
        routing.follow(entry.configuration(), copy.machine());
    }

    int slot() {
        return slot;
    }

    /** Whether this node holds a copy of the slot. */
    boolean isHeld() {
        return copy.machine() != null;
    }

    /** Whether this node leads the slot and serves requests. */
    boolean isLed() {
        return leads;
    }

    /** Whether something has to be done without a further event. */
    boolean isBusy() {
        return busy;
    }

    private void send(int member, Message message) {
        if (message instanceof Execute || message instanceof ExecuteClear) {
            host.metrics().requestSent(member == host.self());
        }
        if (member == host.self()) {
            toSelf.add(message);
        } else {
            host.links().post(member, message);
        }
    }

    /** A message for this slot arrived. */
    void receive(int from, Message message) {
        guard.lock();
        try {
            dispatch(from, message);
            settle();
        } finally {
            guard.unlock();
        }
    }

    private void dispatch(int from, Message message) {
        long now = host.clock().steadyMillis();
        boolean isOfCallers = !closed && (coordinator.receive(from, message, now) || holds.receive(from, message));
        if (closed || isOfCallers || feed.receive(from, message)) {
            return;
        }
        coordinator.overhear(from, message);
        SlotMachine machine = copy.machine();
        if (machine != null) {
            caller = message instanceof Execute ? from : Members.NOBODY;
            if (leads) {
                host.bounds().asked(message);
            }
            machine.receive(from, message, now, host.clock().wallMillis());
            caller = Members.NOBODY;
            if (machine.isBehind()) {
                host.behind().run();
            }
        } else if (message instanceof RequestMessage request) {
            copy.turnAway(from, request);
        }
    }

    /** Delivers what the event left for this node itself, and notes what it changed. */
    private void settle() {
        for (int delivered = 0; delivered < SELF_DELIVERIES_MAX; delivered++) {
            Message message = toSelf.poll();
            if (message == null) {
                break;
            }
            dispatch(host.self(), message);
        }
        SlotMachine machine = copy.machine();
        boolean isServing = machine != null && machine.isServing();
        copy.led(leads, isServing);
        leads = isServing;
        boolean isWaiting = machine != null && !machine.isIdle();
        busy = !closed && (isWaiting || coordinator.inFlight() > 0 || !holds.isEmpty() || !toSelf.isEmpty());
    }

    /** A request of this node's callers. */
    @FunctionalInterface
    interface CallerRequest {
        void make(Coordinator coordinator, long now);
    }

    /** Makes a request of this node's callers. */
    void request(Completion completion, CallerRequest request) {
        guard.lock();
        try {
            if (closed) {
                completion.failed("the node is closed");
                return;
            }
            request.make(coordinator, host.clock().steadyMillis());
            settle();
        } catch (InvariantViolation e) {
            host.metrics().invariantBroken();
            throw e;
        } finally {
            guard.unlock();
        }
    }

    /**
     * Does something with the holds of this node's callers.
     *
     * @return false if the node is closed, and nothing was done
     */
    boolean withHolds(Consumer<HoldSessions> what) {
        guard.lock();
        try {
            if (!closed) {
                what.accept(holds);
                settle();
            }
            return !closed;
        } finally {
            guard.unlock();
        }
    }

    /** Reads the copy of this node, which changes nothing; null if it holds none that is complete, or is closed. */
    <T> @Nullable T read(Function<SlotMachine, T> reader) {
        if (copy.machine() == null) {
            return null;
        }
        guard.lock();
        try {
            SlotMachine machine = copy.machine();
            return closed || machine == null || !machine.state().isComplete() ? null : reader.apply(machine);
        } finally {
            guard.unlock();
        }
    }

    /** Asks what this node has heard of the slot. */
    boolean hear(Predicate<FeedReader> question) {
        guard.lock();
        try {
            return question.test(feed);
        } finally {
            guard.unlock();
        }
    }

    /** Looks at the copy of this node; does nothing if it holds none. */
    void withCopy(Consumer<SlotMachine> what) {
        withMachine((copy, now) -> what.accept(copy));
    }

    /** Does something with the machine of this node's copy and the steady clock; nothing if it holds none. */
    void withMachine(ObjLongConsumer<SlotMachine> what) {
        guard.lock();
        try {
            SlotMachine machine = copy.machine();
            if (machine != null) {
                what.accept(machine, host.clock().steadyMillis());
                settle();
            }
        } finally {
            guard.unlock();
        }
    }

    /** Does something with this node's copy if it leads the slot. */
    void withLed(Consumer<SlotMachine> what) {
        withMachine((copy, now) -> {
            if (leads) {
                what.accept(copy);
            }
        });
    }

    /** The leader as far as known here. */
    int leader() {
        guard.lock();
        try {
            return routing.leader(slot);
        } finally {
            guard.unlock();
        }
    }

    /** Does what is due, and learns of suspicions that are new. */
    void tick() {
        guard.lock();
        try {
            long now = host.clock().steadyMillis();
            copy.tick(now);
            if (coordinator.inFlight() > 0) {
                coordinator.tick(now);
            }
            holds.tick(now);
            settle();
        } finally {
            guard.unlock();
        }
    }

    /** Deals with no event any more. */
    void close() {
        guard.lock();
        try {
            closed = true;
            busy = false;
            holds.close();
        } finally {
            guard.unlock();
        }
    }
}
