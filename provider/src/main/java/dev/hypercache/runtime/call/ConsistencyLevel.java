package dev.hypercache.runtime.call;

/** How many replicas of an entry an operation on a ring rests on. With one member every level is the same. */
public enum ConsistencyLevel {

    /**
     * One replica whose copy is complete, this node's own if it has one. For reads: what it answers may be old, or not chosen
     * yet; it answers also where no majority can be reached.
     */
    ONE,

    /** A majority: linearizable per key. */
    QUORUM,

    /** Every replica that votes: as {@link #QUORUM}, but fails as long as one cannot be reached. */
    ALL
}
