package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.message.EntryPage;
import dev.hypercache.core.message.ExpiredFound;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for the ends of its requests: of one, or of one per slot.
 *
 * <p>Each end is told under the guard of its slot, so this only takes note and wakes the thread.
 */
final class PendingCall implements Completion {

    private final Thread thread = Thread.currentThread();
    // What follows is written under the lock until the call is done, and read after that.
    private int open;
    private int failures;
    private int unknown;
    private @Nullable Outcome outcome;
    private @Nullable OpToken token;
    private @Nullable String trouble;
    private volatile boolean done;

    /**
     * @param requests how many ends are waited for, 1 or more
     */
    PendingCall(int requests) {
        this.open = requests;
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

    /** Takes note of an end. The thread is woken outside of the lock: else it would run into it at once. */
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
        LockSupport.unpark(thread);
    }

    /** The node is closed: what has not ended by now may or may not have been done. */
    void abandon(boolean mutates, String reason) {
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
        LockSupport.unpark(thread);
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
