package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes the fields of frames and snapshots, big-endian. */
final class WireWriter {

    private static final int LEAST = 128;

    private ByteBuffer out = ByteBuffer.allocate(LEAST);

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            int size = Math.max(out.capacity() * 2, out.position() + bytes);
            out = ByteBuffer.allocate(size).put(out.flip());
        }
        return out;
    }

    WireWriter put1(int value) {
        room(Byte.BYTES).put((byte) value);
        return this;
    }

    WireWriter flag(boolean value) {
        return put1(value ? 1 : 0);
    }

    WireWriter put4(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    WireWriter put8(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    /** Length and bytes. */
    WireWriter payload(Payload bytes) {
        room(Integer.BYTES + bytes.length()).putInt(bytes.length()).put(bytes.buffer());
        return this;
    }

    /** Bytes without their length. */
    WireWriter raw(Payload bytes) {
        room(bytes.length()).put(bytes.buffer());
        return this;
    }

    WireWriter node(NodeId node) {
        byte[] name = node.name().getBytes(StandardCharsets.US_ASCII); // The alphabet of names.
        room(Byte.BYTES + name.length + Long.BYTES)
                .put((byte) name.length)
                .put(name)
                .putLong(node.incarnation().bootId());
        return this;
    }

    WireWriter optionalNode(@Nullable NodeId node) {
        flag(node != null);
        return node == null ? this : node(node);
    }

    WireWriter nodes(Collection<NodeId> nodes) {
        put1(nodes.size());
        nodes.forEach(this::node);
        return this;
    }

    Payload toPayload() {
        return new Payload(out.duplicate().flip());
    }

    /** The bytes so far. */
    int length() {
        return out.position();
    }
}
