package dev.hypercache.transport.local;

import java.nio.ByteBuffer;

/** A message on its way to the peer. */
final class LocalPost implements Delivery {

    private final LocalConnection connection;
    private final byte[] message;

    LocalPost(LocalConnection connection, byte[] message) {
        this.connection = connection;
        this.message = message;
    }

    @Override
    public void deliver() {
        try {
            if (connection.delivers()) {
                LocalNode target = connection.target();
                target.listener().onPost(connection.source().asPeer(), ByteBuffer.wrap(message));
            }
        } finally {
            abandon();
        }
    }

    @Override
    public void abandon() {
        Delivery.spoil(message);
        connection.link().taken(message.length);
    }
}
