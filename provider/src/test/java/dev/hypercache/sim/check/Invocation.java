package dev.hypercache.sim.check;

import static java.util.Objects.requireNonNull;

import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One action of one client, when it ran and how it ended.
 *
 * @param id unique in its history
 * @param client who asked
 * @param invokedAt when the client asked, in logical time: no two events of a history share a moment
 * @param returnedAt when the client got its answer or gave up
 */
public record Invocation(long id, int client, Action action, long invokedAt, long returnedAt, Answer answer) {

    public Invocation {
        requireNonNull(action, "action");
        requireNonNull(answer, "answer");
        if (returnedAt <= invokedAt) {
            throw new IllegalArgumentException(
                    "#" + id + " returned at " + returnedAt + ", not after its invocation at " + invokedAt);
        }
        boolean clear = action instanceof Action.Clear;
        boolean isOfEntry = answer instanceof Answer.Seen || answer instanceof Answer.Told;
        if (isOfEntry ? clear : answer == Answer.Bare.CLEARED && !clear) {
            throw new IllegalArgumentException("#" + id + " " + action + " cannot be answered by " + answer);
        }
    }

    /** Whether the action was certainly not applied. */
    boolean hasFailed() {
        return answer == Answer.Bare.FAILED;
    }

    /** Whether the action may take effect at any time after its invocation, or never. */
    boolean isOpen() {
        return answer == Answer.Bare.INDETERMINATE;
    }

    /** What the caller saw, null if it saw no entry. */
    Answer.@Nullable Seen seen() {
        return answer instanceof Answer.Seen seen ? seen : null;
    }

    /** Whether the caller knows that its operation found and left the same. */
    boolean sawNoChange() {
        return answer == Answer.Told.UNCHANGED
                || answer instanceof Answer.Seen seen && Objects.equals(seen.before(), seen.after());
    }

    /** Whether the caller knows that its operation left no entry. */
    boolean sawNothingLeft() {
        if (answer instanceof Answer.Seen seen) {
            return seen.after() == null;
        }
        if (answer instanceof Answer.Told && action instanceof Action.OnKey onKey) {
            return onKey.op() instanceof Remove
                    || onKey.op() instanceof RemoveIfEqual && answer == Answer.Told.CHANGED
                    || onKey.op() instanceof Replace && answer == Answer.Told.UNCHANGED;
        }
        return answer == Answer.Bare.CLEARED;
    }

    /** Whether the action may have stored its value. */
    boolean mayHaveStored() {
        return isOpen()
                || answer == Answer.Told.CHANGED
                || answer == Answer.Told.DONE
                || answer instanceof Answer.Seen seen && seen.status() == Outcome.Status.APPLIED;
    }

    @Override
    public String toString() {
        String end = isOpen() ? "..." : Long.toString(returnedAt);
        return "[" + invokedAt + ", " + end + "] client " + client + " #" + id + " " + action + " -> " + answer;
    }
}
