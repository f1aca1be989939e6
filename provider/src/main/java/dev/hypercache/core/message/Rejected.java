package dev.hypercache.core.message;

/**
 * A request was not performed by whoever got it.
 *
 * @param request its id
 * @param attempt which copy of the request it is about
 * @param reason why
 * @param leader the short id of the slot's leader as far as known here, else {@link #NOBODY}
 * @param slotTimeMillis the highest slot time known here
 */
public record Rejected(int slot, long request, int attempt, Reason reason, int leader, long slotTimeMillis)
        implements Message {

    /** The answer to a request. */
    public static Rejected of(int slot, RequestHead head, Reason reason, int leader, long slotTimeMillis) {
        return new Rejected(slot, head.id(), head.attempt(), reason, leader, slotTimeMillis);
    }

    /** No leader is known. */
    public static final int NOBODY = -1;

    /** Why a request was not performed. */
    public enum Reason {
        /** Somebody else leads, or nobody does. */
        NOT_LEADER(false),
        /** Too much waits here already. */
        OVERLOADED(false),
        /** The leader cannot reach as many replicas as the request needs. */
        NO_QUORUM(false),
        /** The token is older than the token window, so whether it was applied is not known any more; this copy was not. */
        TOKEN_EXPIRED(false),
        /**
         * The node holds no copy of the slot. It may be given one, and would not know then that the network repeats this copy
         * of the request.
         */
        NO_COPY(true),
        /** The leader lost the slot while the request was under way. */
        DEPOSED(true),
        /** The request's time ran out behind somebody's hold. */
        TIMED_OUT(false),
        /** The slot was reset since the request began, and what was performed before is forgotten; this copy was not performed. */
        SLOT_RESET(false);

        private final boolean maybeApplied;

        Reason(boolean maybeApplied) {
            this.maybeApplied = maybeApplied;
        }

        /** Whether this very request may have been, or may yet be, applied. */
        public boolean maybeApplied() {
            return maybeApplied;
        }

        /** Whether the request came to somebody who could not perform it, so that it has to take another way. */
        public boolean isElsewhere() {
            return this == NOT_LEADER || this == NO_COPY;
        }
    }
}
