package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.CacheCatalog;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.SlotEntry;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Makes of this node what the ring agrees on: who its peers are, and which slots it holds.
 *
 * <p>The log's word and that of other nodes only leave a note and wake the timer, which reads on. Confined to the timer but for
 * those notes.
 */
final class RingFollower {

    /** So long a node that hears of a newer epoch waits before it asks again. */
    private static final long REFRESH_MILLIS = 20;

    private static final long FORGET_MILLIS = 10_000;

    /** After so many changes the log may forget them. */
    private static final long CHECKPOINT_CHANGES = 128;

    private final ControlPlane control;
    private final SlotHost host;
    private final SlotCells cells;
    private final Runnable expelled;
    private final List<Consumer<ControlState>> listeners = new CopyOnWriteArrayList<>();
    private long followedIndex;
    private long checkpointIndex;
    private long refreshedAtMillis;
    private CacheCatalog caches = CacheCatalog.EMPTY;
    private long forgotAtMillis;
    private boolean isOut;
    private volatile boolean advanced = true;
    private volatile boolean behind;
    private volatile Runnable wake = () -> {};

    /**
     * @param followed the state that the cells were made from
     * @param expelled told once that this node is no member any more
     */
    RingFollower(ControlPlane control, ControlState followed, SlotHost host, SlotCells cells, Runnable expelled) {
        this.control = control;
        this.followedIndex = followed.index();
        this.checkpointIndex = followed.index();
        this.host = host;
        this.cells = cells;
        this.expelled = expelled;
    }

    /** Who is told of each state that is followed, the next one at first. */
    void listen(Consumer<ControlState> listener) {
        listeners.add(listener);
    }

    /** How the timer is made to come round at once. */
    void wakeBy(Runnable newWake) {
        wake = newWake;
    }

    /** There is more to be read in the log. */
    void advanced() {
        advanced = true;
        wake.run();
    }

    /** Another node spoke of an epoch that is not known here. */
    void behind() {
        if (!behind) {
            behind = true;
            wake.run();
        }
    }

    /** Reads on and follows. */
    void tick() {
        long now = host.clock().steadyMillis();
        if (behind && now - refreshedAtMillis >= REFRESH_MILLIS) {
            behind = false;
            refreshedAtMillis = now;
            control.behind();
        }
        if (advanced && !isOut) {
            advanced = false;
            control.catchUp();
            follow(control.state());
        }
    }

    private void follow(ControlState state) {
        if (state.index() == followedIndex) {
            return;
        }
        Members next = host.links().members().next(state);
        if (next == null) {
            isOut = true;
            expelled.run();
            return;
        }
        host.links().follow(next);
        host.watch().follow(next, gone(state));
        cells.follow(state.slots(), state.slots().changedSince(followedIndex));
        forgetDropped(state);
        followedIndex = state.index();
        if (followedIndex - checkpointIndex >= CHECKPOINT_CHANGES) {
            checkpointIndex = followedIndex;
            control.checkpoint();
        }
        host.repairs().leadershipChanged();
        listeners.forEach(listener -> listener.accept(state));
    }

    /**
     * Drops what dropped caches left when the caches have changed; and now and then, for copies that had something under way and
     * for writes of nodes that had not heard. It is a look at every record, too long for each of the changes by which slots move.
     */
    private void forgetDropped(ControlState state) {
        long now = host.clock().steadyMillis();
        if (!state.caches().equals(caches) || now - forgotAtMillis >= FORGET_MILLIS) {
            caches = state.caches();
            forgotAtMillis = now;
            cells.forget(caches::wasDropped);
        }
    }

    /** Whom slots mention that are no members any more: they will not be heard again. */
    private static BitSet gone(ControlState state) {
        BitSet gone = new BitSet();
        for (SlotEntry entry : state.slots().entries()) {
            for (int holder : entry.configuration().holders().toArray()) {
                gone.set(holder, !state.roster().contains(holder));
            }
        }
        return gone;
    }
}
