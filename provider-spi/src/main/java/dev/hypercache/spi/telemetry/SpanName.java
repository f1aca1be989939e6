package dev.hypercache.spi.telemetry;

/** The kinds of work that are traced; the labels are stable. */
public enum SpanName {

    /** A write, from the caller's request to its answer. */
    SET("hypercache.set"),

    /** A read, from the caller's request to its answer. */
    GET("hypercache.get"),

    /** A leader's accept on its way to the other replicas. */
    REPLICA_FANOUT("hypercache.replica_fanout"),

    /** A batch of hinted records sent to a replica that missed them. */
    HINT_REPLAY("hypercache.hint_replay"),

    /** One comparison of two replicas, with what it repaired. */
    MERKLE_SYNC("hypercache.merkle_sync"),

    /** A slot on its way to a new replica. */
    REBALANCE("hypercache.rebalance");

    private final String label;

    SpanName(String label) {
        this.label = label;
    }

    /**
     * Returns the name as traces show it.
     *
     * @return a dotted lower-case name
     */
    public String label() {
        return label;
    }
}
