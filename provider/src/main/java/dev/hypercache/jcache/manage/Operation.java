package dev.hypercache.jcache.manage;

/** The operations of JSR-107 that statistics know, and what their counters say by the specification's table. */
public enum Operation {
    GET(true, true, Write.NONE),
    PUT(false, false, Write.PUT),
    GET_AND_PUT(true, true, Write.PUT),
    PUT_IF_ABSENT(true, false, Write.PUT),
    REPLACE(true, false, Write.PUT),
    REPLACE_IF_EQUAL(true, false, Write.PUT),
    GET_AND_REPLACE(true, true, Write.PUT),
    REMOVE(false, false, Write.REMOVE),
    REMOVE_IF_EQUAL(true, false, Write.REMOVE),
    GET_AND_REMOVE(true, true, Write.REMOVE),
    INVOKE(true, false, Write.INVOKE),
    ITERATE(true, false, Write.NONE);

    /** Which latency of a mutation an operation counts in. */
    enum Write {
        NONE,
        PUT,
        REMOVE,
        INVOKE
    }

    private final boolean counted;
    private final boolean timedAsGet;
    private final Write timedAs;

    Operation(boolean counted, boolean timedAsGet, Write timedAs) {
        this.counted = counted;
        this.timedAsGet = timedAsGet;
        this.timedAs = timedAs;
    }

    /** Whether finding the entry is a hit and not finding it a miss. */
    boolean countsHitOrMiss() {
        return counted;
    }

    /** Whether the operation hands out a value and so counts in the latency of gets. */
    boolean timedAsGet() {
        return timedAsGet;
    }

    Write timedAs() {
        return timedAs;
    }
}
