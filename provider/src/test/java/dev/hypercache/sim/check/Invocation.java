package dev.hypercache.sim.check;

import static java.util.Objects.requireNonNull;

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
        if (answer instanceof Answer.Seen ? clear : answer == Answer.Bare.CLEARED && !clear) {
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

    /** Whether the caller knows that the action took effect, be it none, before it returned. */
    boolean isAnswered() {
        return !hasFailed() && !isOpen();
    }

    /** What the caller saw, null if it saw no entry. */
    Answer.@Nullable Seen seen() {
        return answer instanceof Answer.Seen seen ? seen : null;
    }

    /** Whether the caller saw that its operation found and left the same. */
    boolean sawNoChange() {
        return answer instanceof Answer.Seen seen && Objects.equals(seen.before(), seen.after());
    }

    @Override
    public String toString() {
        String end = isOpen() ? "..." : Long.toString(returnedAt);
        return "[" + invokedAt + ", " + end + "] client " + client + " #" + id + " " + action + " -> " + answer;
    }
}
