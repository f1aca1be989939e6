package dev.hypercache.spi.transport;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.security.Role;
import java.util.Objects;

/**
 * Who is at the other end of a connection, as it was authenticated.
 *
 * @param id the node's name and incarnation
 * @param role what it may ask for: what was proved, or less if the peer says so itself
 */
public record RemotePeer(NodeId id, Role role) {

    /** Checks for nulls. */
    public RemotePeer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(role, "role");
    }

    /**
     * Checks that messages may be {@linkplain Transport#post sent back} to the peer.
     *
     * @throws IllegalArgumentException if it is no client
     */
    public void requireClient() {
        if (role != Role.CLIENT) {
            throw new IllegalArgumentException("The role of " + id + " is " + role.label()
                    + ": messages are sent back to clients alone. Use its link.");
        }
    }
}
