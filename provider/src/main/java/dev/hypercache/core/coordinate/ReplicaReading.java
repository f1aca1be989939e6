package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.ReplicaRead;

/** A read that asks replicas rather than the leader. */
interface ReplicaReading {

    /** Asks. */
    void start();

    /** A replica says what it holds. */
    void on(int from, ReplicaRead read, long now);

    /** A replica holds a record that was sent to it again. */
    void on(int from, Accepted accepted);

    /** Does what is due. */
    void tick(long now);

    boolean isEnded();
}
