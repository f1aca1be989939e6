package dev.hypercache.topology.raft;

/**
 * How a question to the leader ended.
 *
 * @param index of {@link Kind#DONE} and {@link Kind#CONFLICT}; else 0
 */
record LeaderAnswer(Kind kind, long index) {

    static final LeaderAnswer NOT_LEADER = new LeaderAnswer(Kind.NOT_LEADER, 0);
    static final LeaderAnswer BUSY = new LeaderAnswer(Kind.BUSY, 0);
    static final LeaderAnswer FULL = new LeaderAnswer(Kind.FULL, 0);
    static final LeaderAnswer UNKNOWN = new LeaderAnswer(Kind.UNKNOWN, 0);

    /** The codes on the wire are the ordinals. */
    enum Kind {
        /** The change has this index, or this is the last one. */
        DONE,
        /** The change is not in the log and never will be: the log had reached this index. */
        CONFLICT,
        /** Nothing was done: another node leads. */
        NOT_LEADER,
        /** Nothing was done: the leader is new or has enough under way. */
        BUSY,
        /** Nothing was done: the log holds all that it may until somebody hands it a checkpoint. */
        FULL,
        /** Nobody knows: the leader lost its place meanwhile. */
        UNKNOWN
    }
}
