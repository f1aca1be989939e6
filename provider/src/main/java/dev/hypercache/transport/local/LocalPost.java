package dev.hypercache.transport.local;

import java.nio.ByteBuffer;

/** A message on its way to the peer: there, or back to a client. */
final class LocalPost implements Delivery {

    private final LocalConnection connection;
    private final boolean back;
    private final BytesUnderWay bytesUnderWay;
    private final byte[] message;

    LocalPost(LocalConnection connection, boolean back, BytesUnderWay bytesUnderWay, byte[] message) {
        this.connection = connection;
        this.back = back;
        this.bytesUnderWay = bytesUnderWay;
        this.message = message;
    }

    @Override
    public void deliver() {
        try {
            LocalNode from = back ? connection.target() : connection.source();
            LocalNode to = back ? connection.source() : connection.target();
            ByteBuffer bytes = ByteBuffer.wrap(message);
            if (connection.delivers(to) && (back || connection.admits(bytes))) {
                to.listener().onPost(from.asPeer(), bytes);
            }
        } finally {
            abandon();
        }
    }

    @Override
    public void abandon() {
        Delivery.spoil(message);
        bytesUnderWay.taken(message.length);
    }
}
