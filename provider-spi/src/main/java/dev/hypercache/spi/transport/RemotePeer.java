package dev.hypercache.spi.transport;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.security.Role;
import java.util.Objects;

/**
 * Who is at the other end of a connection, as it was authenticated.
 *
 * @param id the node's name and incarnation
 * @param role what it may ask for
 */
public record RemotePeer(NodeId id, Role role) {

    /** Checks for nulls. */
    public RemotePeer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(role, "role");
    }
}
