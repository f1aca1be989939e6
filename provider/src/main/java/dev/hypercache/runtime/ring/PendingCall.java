package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.message.EntryPage;
import dev.hypercache.core.message.ExpiredFound;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ends of the requests of one call, of one or of one per slot, and who goes on once all are there: a thread that waits, or a
 * task.
 *
 * <p>Each end is told under the guard of its slot, so this only takes note and wakes whoever goes on.
 */
final class PendingCall implements Completion {

    /** For calls whose deadline the thread that waits looks after. */
    private static final long NEVER = Long.MAX_VALUE;

    private final boolean mutates;
    private final long overdueAtMillis;
    private final Consumer<PendingCall> whenDone;
    // What follows is written under the lock until the call is done, and read after that.
    private int open;
    private int failures;
    private int unknown;
    private @Nullable Outcome outcome;
    private @Nullable OpToken token;
    private @Nullable String trouble;
    private volatile boolean done;

    /**
     * A call for which the calling thread waits.
     *
     * @param requests how many ends are waited for, 1 or more
     * @param mutates whether it changes anything
     */
    PendingCall(int requests, boolean mutates) {
        this(requests, mutates, NEVER, waking(Thread.currentThread()));
    }

    /**
     * A call for which no thread waits.
     *
     * @param overdueAtMillis when it has ended for certain, by the steady clock
     * @param whenDone runs once, maybe in the guard of a slot: has another thread go on
     */
    PendingCall(int requests, boolean mutates, long overdueAtMillis, Consumer<PendingCall> whenDone) {
        this.open = requests;
        this.mutates = mutates;
        this.overdueAtMillis = overdueAtMillis;
        this.whenDone = whenDone;
    }

    private static Consumer<PendingCall> waking(Thread thread) {
        return call -> LockSupport.unpark(thread);
    }

    @Override
    public void performed(Outcome performed) {
        end(() -> outcome = performed);
    }

    @Override
    public void failed(String reason) {
        end(() -> {
            failures++;
            trouble = reason;
        });
    }

    @Override
    public void indeterminate(@Nullable OpToken mutation, String reason) {
        end(() -> {
            unknown++;
            token = mutation;
            trouble = reason;
        });
    }

    /** The end of a request about a key. */
    Completion about(Object key, ChangeNotes notes) {
        @Nullable Outcome[] unused = new @Nullable Outcome[1];
        return at(0, unused, key, notes);
    }

    /** The end of one of several requests, whose outcome is noted at a place. */
    Completion at(int place, @Nullable Outcome[] outcomes, Object key, ChangeNotes notes) {
        return new Completion() {
            @Override
            public void expired(ExpiredFound expired) {
                notes.expired(key, expired);
            }

            @Override
            public void performed(Outcome performed) {
                outcomes[place] = performed; // Seen by the thread that waits, for this happens before the call is done.
                notes.performed(key, performed);
                PendingCall.this.performed(performed);
            }

            @Override
            public void failed(String reason) {
                PendingCall.this.failed(reason);
            }

            @Override
            public void indeterminate(@Nullable OpToken mutation, String reason) {
                PendingCall.this.indeterminate(mutation, reason);
            }
        };
    }

    /** The end of one of several requests, whose keys are noted at a place. */
    Completion at(int place, @Nullable EntryPage[] pages) {
        return new Completion() {
            @Override
            public void paged(EntryPage page) {
                pages[place] = page; // Seen by the thread that waits, for this happens before the call is done.
                PendingCall.this.performed(Outcome.cleared());
            }

            @Override
            public void performed(Outcome performed) {
                throw new IllegalStateException("keys were asked for, and not " + performed);
            }

            @Override
            public void failed(String reason) {
                PendingCall.this.failed(reason);
            }

            @Override
            public void indeterminate(@Nullable OpToken mutation, String reason) {
                PendingCall.this.indeterminate(mutation, reason);
            }
        };
    }

    /** Takes note of an end. Whoever goes on is woken outside of the lock: else it would run into it at once. */
    private void end(Runnable note) {
        synchronized (this) {
            if (done) {
                return;
            }
            note.run();
            if (--open > 0) {
                return;
            }
            done = true;
        }
        whenDone.accept(this);
    }

    /** Nothing was sent, and nobody goes on; false if it has been given up already, and somebody does. */
    synchronized boolean withdraw() {
        boolean isFirst = !done;
        done = true;
        return isFirst;
    }

    /** Whether it should have ended by now. */
    boolean isOverdue(long nowMillis) {
        return overdueAtMillis <= nowMillis;
    }

    /** Nobody waits any longer: what has not ended by now may or may not have been done. */
    void abandon(String reason) {
        synchronized (this) {
            if (done) {
                return;
            }
            unknown += mutates ? open : 0;
            failures += mutates ? 0 : open;
            trouble = reason;
            open = 0;
            done = true;
        }
        whenDone.accept(this);
    }

    /** Whether every request has ended. */
    boolean isDone() {
        return done;
    }

    /** How many requests were certainly not performed. */
    int failures() {
        return failures;
    }

    /** How many requests may or may not have been performed. */
    int unknown() {
        return unknown;
    }

    /** What came of the request; null unless one was performed. */
    @Nullable
    Outcome outcome() {
        return outcome;
    }

    /** Names the mutation whose fate is unknown, if there is one. */
    @Nullable
    OpToken token() {
        return token;
    }

    /** What stood in the way, for people. */
    String trouble() {
        String known = trouble;
        return known == null ? "no answer came" : known;
    }
}
