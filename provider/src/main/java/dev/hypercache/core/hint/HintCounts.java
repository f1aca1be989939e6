package dev.hypercache.core.hint;

/**
 * What came of the hints of a node.
 *
 * @param queued all that there ever were
 * @param replayed those whose replica holds now what they were about
 * @param expired those that became too old
 * @param dropped those that exceeded a limit, or whose leader lost its slot
 * @param pending those that are kept now
 * @param bytes the memory that these take, about
 */
public record HintCounts(long queued, long replayed, long expired, long dropped, long pending, long bytes) {

    /** Whether none was lost without being counted. */
    public boolean isConserved() {
        return queued == replayed + expired + dropped + pending;
    }
}
