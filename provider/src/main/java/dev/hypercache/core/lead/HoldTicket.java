package dev.hypercache.core.lead;

import dev.hypercache.core.message.HoldAnswer;
import dev.hypercache.core.op.HoldKind;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One request to hold one key.
 *
 * <p>Confined to the slot of its key. Whoever waits is told through {@link Waiter}, inside the slot's guard.
 */
public final class HoldTicket {

    /** Life of a ticket; only forward. */
    public enum State {
        /** Not handed in yet. */
        NEW,
        /** In the queue. */
        WAITING,
        /** Holds the key. */
        GRANTED,
        /** Got the result of the load that it waited for, and needs the key no more. */
        SERVED,
        /** Lost the key to a mutation or to the longest time that a hold may last. */
        BROKEN,
        /** Gave the key back or gave up waiting. */
        ENDED
    }

    /** Learns that a ticket no longer waits. */
    public interface Waiter {
        /** The ticket is granted or served. */
        void proceed();

        /** The ticket held its key, and was broken. */
        default void broken() {}
    }

    /** Nobody has waited for this holder yet. */
    static final long NOT_AWAITED = Long.MIN_VALUE;

    private final Object key;
    private final HoldKind kind;
    private final Object owner;
    private final Waiter waiter;
    State state = State.NEW;
    /** Who waits behind this ticket while it holds the key. */
    @Nullable
    ArrayDeque<HoldTicket> waiting;

    /** Since when somebody has waited for this holder; a hold that nobody waits for may last. */
    long awaitedSinceMillis = NOT_AWAITED;

    @Nullable
    Object result;

    /**
     * @param owner who asks; two tickets of equal owners belong to the same caller
     */
    public HoldTicket(Object key, HoldKind kind, Object owner, Waiter waiter) {
        this.key = key;
        this.kind = kind;
        this.owner = owner;
        this.waiter = waiter;
    }

    public Object key() {
        return key;
    }

    public HoldKind kind() {
        return kind;
    }

    public Object owner() {
        return owner;
    }

    public State state() {
        return state;
    }

    /** How the ticket stands, as its client is told. */
    HoldAnswer.State answer() {
        switch (state) {
            case GRANTED:
                return HoldAnswer.State.GRANTED;
            case SERVED:
                return HoldAnswer.State.SERVED;
            case WAITING:
                return HoldAnswer.State.WAITING;
            default:
                return HoldAnswer.State.GONE;
        }
    }

    /** What the load that this ticket waited for brought; null unless {@link State#SERVED}. */
    public @Nullable Object result() {
        return result;
    }

    void broken() {
        waiter.broken();
    }

    void proceed(State newState) {
        state = newState;
        waiter.proceed();
    }
}
