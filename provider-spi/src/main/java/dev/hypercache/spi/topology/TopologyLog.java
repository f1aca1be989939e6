package dev.hypercache.spi.topology;

import dev.hypercache.spi.Payload;
import java.util.concurrent.CompletionStage;

/**
 * A totally ordered list of changes that all members of a ring agree on (CONSISTENCY §5).
 *
 * <p>Changes are numbered from 1 without gaps; index 0 is the empty log. Two logs of one ring never hold different changes
 * under one index.
 *
 * <p><b>Threading.</b> Methods may be called by any thread and never wait. Stages complete, and the listener is called, on
 * threads of the log's choosing; what hangs on them returns soon.
 *
 * <p><b>Errors.</b> A stage completes exceptionally with {@link TopologyUnavailableException} and nothing else: no majority
 * within the time given, or the log is closed. A log without a majority still answers {@link #read}. Calls before {@link
 * #start} are {@link IllegalStateException}s.
 */
public interface TopologyLog extends AutoCloseable {

    /**
     * Begins to take part.
     *
     * @param listener who is told when the log has grown
     * @throws IllegalStateException if started or closed before
     */
    void start(TopologyListener listener);

    /**
     * Appends a change if nothing was appended since the caller looked.
     *
     * <p>After an exception whose {@link TopologyUnavailableException#maybeAppended} is true the change may be in the log or
     * still get there; a change therefore carries an id of its own by which {@link #read} finds it. Trying again with the same
     * expected index can end in a {@link AppendOutcome.Conflict} with oneself.
     *
     * @param expectedIndex the index of the last change the caller knows, 0 or more
     * @param change the change, at most 1 MiB
     * @param timeoutMillis how long to try, 1 or more
     * @return a stage with the change's index, or with the conflict that kept it out
     */
    CompletionStage<AppendOutcome> append(long expectedIndex, Payload change, long timeoutMillis);

    /**
     * Reads what this member holds, without asking others. It may lag behind; it never goes back.
     *
     * @param fromIndex the index of the first change wanted, 1 or more
     * @param changesMax the most changes to return, 1 or more
     * @return the changes from there on, or a checkpoint first if the log no longer holds that far back
     */
    TopologyPage read(long fromIndex, int changesMax);

    /**
     * Somebody spoke of a change that this member does not hold yet: the log looks for it at once instead of when it would
     * otherwise. Does nothing in a log that learns of each change at once, or before {@link #start}.
     */
    default void refresh() {}

    /**
     * Finds an index that covers every append acknowledged anywhere before this call. Once {@link #read} reaches it, the
     * caller knows all that.
     *
     * @param timeoutMillis how long to try, 1 or more
     * @return a stage with the index, 0 or more
     */
    CompletionStage<Long> barrier(long timeoutMillis);

    /**
     * Hands over the state that the changes up to an index add up to, so that the log may forget them. A checkpoint below an
     * earlier one is ignored.
     *
     * @param index the last change summed up; one that {@link #read} has returned
     * @param state the state after that change
     */
    void checkpoint(long index, Payload state);

    /** Ceases to take part. Pending stages complete exceptionally. Does nothing the second time. */
    @Override
    void close();
}
