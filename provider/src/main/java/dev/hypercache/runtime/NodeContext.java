package dev.hypercache.runtime;

/**
 * What the clients of one node share.
 *
 * @param name the node's name
 * @param time the node's clock
 * @param timer the node's timer
 * @param held which keys the callers hold
 * @param requestTimeoutMillis how long a mutation may wait for the holder of its key
 * @param holdMaxMillis how long a hold may last while others wait
 */
record NodeContext(
        String name,
        TimeSource time,
        TimerService timer,
        HeldKeys<LocalHold> held,
        long requestTimeoutMillis,
        long holdMaxMillis) {

    long millis() {
        return time.millis();
    }
}
