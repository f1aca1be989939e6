package dev.hypercache.transport.undertow;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of one node, from their beginning until their channels are closed. Safe for use by any threads. */
final class OpenConnections {

    /** Bounded by the links, and by the gate's bounds of connections. */
    private final Set<MuxConnection> connections = ConcurrentHashMap.newKeySet();

    private final Counters counters;

    OpenConnections(Counters counters) {
        this.counters = counters;
    }

    void add(MuxConnection connection) {
        connections.add(connection);
        counters.opened();
    }

    void remove(MuxConnection connection) {
        if (connections.remove(connection)) {
            counters.ended();
        }
    }

    boolean isEmpty() {
        return connections.isEmpty();
    }

    /** Looks for what took too long; tells whether calls are pending. */
    boolean tick(long nowNanos) {
        boolean pending = false;
        for (MuxConnection connection : connections) {
            pending |= connection.tick(nowNanos);
        }
        return pending;
    }

    /** Tells all peers that nothing new is begun. */
    void goAway() {
        for (MuxConnection connection : connections) {
            connection.goAway();
        }
    }

    /** Whether a reply may still come, or is on its way out. */
    boolean isBusy() {
        for (MuxConnection connection : connections) {
            if (connection.side() instanceof AcceptedSide side && side.isBusy()) {
                return true;
            }
        }
        return false;
    }

    /** Gives up those whose keys come from one that was removed. */
    void retireKey(String keyId, long untilNanos) {
        for (MuxConnection connection : connections) {
            if (connection.side().usesKey(keyId)) {
                connection.retirement().begin(untilNanos, "key \"" + keyId + "\" was removed");
            }
        }
    }

    void end(String detail, boolean politely) {
        for (MuxConnection connection : connections) {
            connection.end(EndCause.CLOSED, detail, politely);
        }
    }

    void abandon() {
        for (MuxConnection connection : connections) {
            connection.abandon();
        }
    }
}
