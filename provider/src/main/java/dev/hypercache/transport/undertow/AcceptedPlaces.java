package dev.hypercache.transport.undertow;

import dev.hypercache.spi.NodeId;
import dev.hypercache.transport.undertow.wire.Hello;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which accepted connection has the place of which peer: a peer that dials anew takes the place of its old connection. */
final class AcceptedPlaces {

    /** At most one for each accepted connection. */
    private final Map<Place, AcceptedSide> sides = new ConcurrentHashMap<>();

    /** Where a peer's connection belongs. */
    private record Place(NodeId peer, int stripe) {}

    /** Gives a peer's connection its place; returns the one that had it. */
    @Nullable
    AcceptedSide admit(Hello hello, AcceptedSide side) {
        return sides.put(new Place(hello.node(), hello.stripe()), side);
    }

    void dismiss(Hello hello, AcceptedSide side) {
        sides.remove(new Place(hello.node(), hello.stripe()), side);
    }
}
