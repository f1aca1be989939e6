package dev.hypercache.transport.undertow;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.transport.undertow.wire.Hello;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which accepted connection has the place of which peer, and which ways lead back to clients: a peer that dials anew takes the
 * place of its old connection.
 */
final class AcceptedPlaces {

    /** At most one for each accepted connection. */
    private final Map<Place, AcceptedSide> sides = new ConcurrentHashMap<>();

    /** At most one for each client that is connected. */
    private final Map<RemotePeer, WayBack> waysBack = new ConcurrentHashMap<>();

    /** Where a peer's connection belongs. */
    private record Place(NodeId peer, int stripe) {}

    /** Gives a peer's connection its place; returns the one that had it. */
    @Nullable
    AcceptedSide admit(Hello hello, AcceptedSide side) {
        return sides.put(new Place(hello.node(), hello.stripe()), side);
    }

    /** A peer has been let in: a client can be reached over its connection from now on. */
    void opened(RemotePeer peer, Hello hello, AcceptedSide side) {
        if (hello.isOfClient()) {
            waysBack.compute(peer, (client, known) -> {
                WayBack way = known == null ? new WayBack(side.connection().node(), hello.stripes()) : known;
                way.joined(hello.stripe(), side);
                return way;
            });
        }
    }

    void dismiss(Hello hello, AcceptedSide side) {
        sides.remove(new Place(hello.node(), hello.stripe()), side);
    }

    /** The connection of a peer that had been let in has ended. */
    void closed(RemotePeer peer, Hello hello, AcceptedSide side) {
        waysBack.computeIfPresent(peer, (client, way) -> way.left(hello.stripe(), side) ? null : way);
    }

    /**
     * The way back to a client.
     *
     * @return null if it is not connected
     */
    @Nullable
    WayBack wayBack(RemotePeer client) {
        return waysBack.get(client);
    }
}
