package dev.hypercache.runtime.call;

import javax.cache.CacheException;

/**
 * Nobody knows whether a mutation was applied: its answer did not come in time. It may have taken effect or may yet do so, at
 * most once. Read the entry before deciding what to do.
 */
public final class IndeterminateResultException extends CacheException {

    private static final long serialVersionUID = 1L;

    private final String token;
    private final String known;

    /**
     * @param message what was tried, what stood in the way, and what to do
     * @param token names the mutation in the logs of the ring; empty if it consists of several
     * @param known what is known of it
     */
    public IndeterminateResultException(String message, String token, String known) {
        super(message);
        this.token = token;
        this.known = known;
    }

    /** The stable name of this failure. */
    public String code() {
        return "INDETERMINATE";
    }

    /** Names the mutation: client, sequence and time of issue; empty for an operation on many slots. */
    public String token() {
        return token;
    }

    /** What is known of the mutation, for people. */
    public String known() {
        return known;
    }
}
