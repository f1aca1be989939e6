package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.ClearStored;
import dev.hypercache.core.message.HybridRead;
import dev.hypercache.core.message.ReplicaRead;
import dev.hypercache.core.message.Stored;

/** A read that asks replicas rather than the leader. */
interface ReplicaReading {

    /** Asks. */
    void start();

    /** A replica says what it holds. */
    default void on(int from, ReplicaRead read, long now) {}

    /** A replica holds a record that was sent to it again. */
    default void on(int from, Accepted accepted) {}

    /** A replica says what it holds in a cache that nobody orders. */
    default void on(int from, HybridRead read, long now) {}

    /** A replica says what it did with a record of a cache that nobody orders. */
    default void on(int from, Stored stored) {}

    /** A replica says what it did with a clear of a cache that nobody orders. */
    default void on(int from, ClearStored stored) {}

    /** Does what is due. */
    void tick(long now);

    boolean isEnded();
}
