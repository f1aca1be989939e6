package dev.hypercache.topology.raft;

import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the fields of frames and snapshots, whoever made the bytes up. Nothing is allocated that is longer than they are. */
final class WireReader {

    /** The most nodes in a list: more than ever vote, learn and are about to. */
    static final int NODES_MAX = 64;

    private static final long INDEX_MAX = 1L << 62;

    private final ByteBuffer in;

    WireReader(ByteBuffer in) {
        this.in = in;
    }

    private ByteBuffer require(int bytes) throws MalformedFrameException {
        if (in.remaining() < bytes) {
            throw new MalformedFrameException(
                    "ends at byte " + in.limit() + " where " + bytes + " bytes are needed from " + in.position());
        }
        return in;
    }

    int take1() throws MalformedFrameException {
        return Byte.toUnsignedInt(require(Byte.BYTES).get());
    }

    boolean flag() throws MalformedFrameException {
        int value = take1();
        if (value > 1) {
            throw new MalformedFrameException("a flag is " + value);
        }
        return value == 1;
    }

    int take4() throws MalformedFrameException {
        return require(Integer.BYTES).getInt();
    }

    long take8() throws MalformedFrameException {
        return require(Long.BYTES).getLong();
    }

    /** A number from {@code min} to {@code max}. */
    int within(int min, int max) throws MalformedFrameException {
        int value = take4();
        if (value < min || value > max) {
            throw new MalformedFrameException(value + " is not within " + min + " and " + max);
        }
        return value;
    }

    /** A term. */
    int term() throws MalformedFrameException {
        return within(0, Integer.MAX_VALUE - 1);
    }

    /** An index or another number that is not negative. */
    long index() throws MalformedFrameException {
        long value = take8();
        if (value < 0 || value > INDEX_MAX) {
            throw new MalformedFrameException(value + " is no index");
        }
        return value;
    }

    /** A copy, since a change outlives the frame that brought it. */
    Payload payload(int bytesMax) throws MalformedFrameException {
        int length = within(0, bytesMax);
        require(length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return Payload.of(bytes);
    }

    NodeId node() throws MalformedFrameException {
        byte[] name = new byte[take1()];
        require(name.length).get(name);
        long bootId = take8();
        try {
            return new NodeId(new String(name, StandardCharsets.US_ASCII), new Incarnation(bootId));
        } catch (IllegalArgumentException e) {
            throw new MalformedFrameException("no node: " + e.getMessage());
        }
    }

    @Nullable
    NodeId optionalNode() throws MalformedFrameException {
        return flag() ? node() : null;
    }

    List<NodeId> nodes() throws MalformedFrameException {
        int count = take1();
        if (count > NODES_MAX) {
            throw new MalformedFrameException(count + " nodes, at most " + NODES_MAX);
        }
        List<NodeId> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            nodes.add(node());
        }
        return nodes;
    }

    void end() throws MalformedFrameException {
        if (in.hasRemaining()) {
            throw new MalformedFrameException(in.remaining() + " bytes behind the last field");
        }
    }
}
