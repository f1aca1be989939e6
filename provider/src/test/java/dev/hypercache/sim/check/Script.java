package dev.hypercache.sim.check;

import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Outcome.Status;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A history of one key written by hand: when each operation ran, what it was and what its caller saw. */
final class Script {

    static final String KEY = "k";

    /** Some version: histories know conditions by the value that was seen with it. */
    static final Version SOME_VERSION = new Version(1, 1);

    private final List<Invocation> history = new ArrayList<>();

    List<Invocation> history() {
        return List.copyOf(history);
    }

    Script get(long from, long to, @Nullable Object found) {
        Answer shown = new Answer.Seen(status(found != null), Change.NONE, found, found);
        return add(from, to, Action.of(new Get(KEY, ExpiryRule.NEVER)), shown);
    }

    Script put(long from, long to, Object value, @Nullable Object found) {
        Change change = found == null ? Change.CREATED : Change.UPDATED;
        return add(from, to, Action.of(putOp(value)), new Answer.Seen(Status.APPLIED, change, found, value));
    }

    Script putIfAbsent(long from, long to, Object value, @Nullable Object found) {
        Answer shown = found == null
                ? new Answer.Seen(Status.APPLIED, Change.CREATED, null, value)
                : new Answer.Seen(Status.UNMET, Change.NONE, found, found);
        return add(from, to, Action.of(new PutIfAbsent(KEY, value, ExpiryRule.NEVER)), shown);
    }

    Script remove(long from, long to, @Nullable Object found) {
        Change change = found == null ? Change.NONE : Change.REMOVED;
        Answer shown = new Answer.Seen(status(found != null), change, found, null);
        return add(from, to, Action.of(new Remove(KEY)), shown);
    }

    /** The caller was told only whether the operation changed the entry. */
    Script told(long from, long to, EntryOp op, boolean changed) {
        return add(from, to, Action.of(op), changed ? Answer.Told.CHANGED : Answer.Told.UNCHANGED);
    }

    Script clear(long from, long to) {
        return add(from, to, new Action.Clear(), Answer.Bare.CLEARED);
    }

    /** A processor saw {@code found} and wrote {@code value} on the condition that nothing had changed. */
    Script process(long from, long to, @Nullable Object found, Object value) {
        Change change = found == null ? Change.CREATED : Change.UPDATED;
        return add(from, to, processed(found, value), new Answer.Seen(Status.APPLIED, change, found, value));
    }

    /** A processor saw {@code found}, and its write was refused because of {@code live}. */
    Script conflict(long from, long to, @Nullable Object found, Object value, @Nullable Object live) {
        return add(from, to, processed(found, value), new Answer.Seen(Status.CONFLICT, Change.NONE, live, live));
    }

    Script failed(long from, long to, EntryOp op) {
        return add(from, to, Action.of(op), Answer.Bare.FAILED);
    }

    /** An operation that nobody knows the end of. */
    Script lost(long from, EntryOp op) {
        return lost(from, Action.of(op));
    }

    Script lost(long from, Action action) {
        return add(from, from + 1, action, Answer.Bare.INDETERMINATE);
    }

    static EntryOp putOp(Object value) {
        return new Put(KEY, value, ExpiryRule.NEVER);
    }

    static Action processed(@Nullable Object found, Object value) {
        return Action.ifUnchanged(new AtVersion(putOp(value), found == null ? null : SOME_VERSION), found);
    }

    private static Status status(boolean met) {
        return met ? Status.APPLIED : Status.UNMET;
    }

    Script add(long from, long to, Action action, Answer answer) {
        long id = history.size() + 1;
        history.add(new Invocation(id, (int) id, action, from, to, answer));
        return this;
    }
}
