package dev.hypercache.runtime.call;

/**
 * Orders the writers of one key: a later one has a greater token, also when an earlier one is still at work because the ring took it
 * for dead. A store that refuses what comes with a smaller token than it has seen keeps out what is late.
 *
 * <p>Comparable for one key in one life of a ring; a ring that was founded anew begins again. A writer has it by {@code
 * entry.unwrap(FencingToken.class)}.
 *
 * @param term of the leader that let the writer go ahead
 * @param number of the permission, ascending within the term
 */
public record FencingToken(long term, long number) implements Comparable<FencingToken> {

    @Override
    public int compareTo(FencingToken other) {
        int byTerm = Long.compare(term, other.term);
        return byTerm != 0 ? byTerm : Long.compare(number, other.number);
    }
}
