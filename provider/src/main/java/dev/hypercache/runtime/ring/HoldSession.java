package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.message.LoadResult;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.op.HoldKind;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One hold of one thread on one key, as the thread's node knows it.
 *
 * <p>Changed in the guard of its slot only; the thread that waits looks at it from outside.
 */
final class HoldSession {

    /** Life of a session; only forward. */
    enum State {
        WAITING,
        GRANTED,
        /** Somebody else's load brought what this one wanted. */
        SERVED,
        /** The key is taken. */
        REFUSED,
        /** Too many wait for the key. */
        OVERLOADED,
        /** Was granted, and broken since. */
        BROKEN,
        ENDED
    }

    /** What is asked for. */
    record Wish(RecordKey name, HoldKind kind, boolean waits, boolean breaksLoad) {}

    private final long id;
    private final Wish wish;
    private final Thread thread = Thread.currentThread();
    volatile State state = State.WAITING;
    volatile @Nullable HoldGrant grant;
    volatile @Nullable LoadResult loaded;
    /** When a leader said last that it knows of the session. */
    volatile long heardAtMillis;
    /** Whether it had to wait behind somebody. */
    volatile boolean queued;
    /** The ballot under which it was granted last, 0 before. */
    long heldSince;

    long askedAtMillis;
    int redirects;
    int target = Rejected.NOBODY;

    HoldSession(long id, Wish wish, long nowMillis) {
        this.id = id;
        this.wish = wish;
        this.heardAtMillis = nowMillis;
    }

    long id() {
        return id;
    }

    Wish wish() {
        return wish;
    }

    /**
     * A leader granted it, the first one or a later one. What a holder does relies on what was so when it began, so the first
     * grant stays the one that its requests name.
     */
    void granted(long ballot, long number) {
        heldSince = ballot;
        if (grant == null) {
            grant = new HoldGrant(id, ballot, number);
        }
        if (state == State.WAITING) {
            become(State.GRANTED);
        }
    }

    void become(State next) {
        state = next;
        LockSupport.unpark(thread);
    }

    /** Whether the leader has decided. */
    boolean isDecided() {
        return state != State.WAITING;
    }
}
