package dev.hypercache.runtime;

/** What the runtime counts. */
interface RuntimeMetrics {

    /** Somebody had to wait for a hold. */
    void holdWaited();

    /** A hold lasted longer than it may and was broken. */
    void holdExceeded();

    /** The periodic work of a cache failed. */
    void tickFailed(String cache, RuntimeException failure);
}
