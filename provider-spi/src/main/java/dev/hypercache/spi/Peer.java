package dev.hypercache.spi;

import java.util.Objects;

/**
 * A node and where to reach it.
 *
 * @param id who it is
 * @param address what it advertises; its port is not 0
 */
public record Peer(NodeId id, Address address) {

    /**
     * Checks that the address can be dialled.
     *
     * @throws IllegalArgumentException if the port is 0
     */
    public Peer {
        Objects.requireNonNull(id, "id");
        if (Objects.requireNonNull(address, "address").port() == 0) {
            throw new IllegalArgumentException("Address " + address + " of " + id
                    + " cannot be dialled: port 0. Advertise the port that was bound.");
        }
    }

    @Override
    public String toString() {
        return id + "@" + address;
    }
}
