package dev.hypercache.transport.undertow.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.RingId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What each end of a connection says of itself before anything else.
 *
 * @param versionMin the oldest version of the protocol that the node speaks, 1 to 65,535
 * @param versionMax the newest one, {@code versionMin} to 65,535
 * @param features bits of what the node can do beyond the version, such as {@link #FEATURE_LZ4}
 * @param messageBytesMax the largest message that the node accepts, 1 or more
 * @param stripe which of the dialler's connections with this peer it is, 0 to 65,535; an answer repeats it
 * @param stripes how many such connections a client has, {@value #STRIPES_LEAST} to {@value #STRIPES_MOST}, the last one for
 *     control; 0 in the greeting of a member and in answers
 * @param cluster the cluster's name, up to {@value #NAME_BYTES_MAX} bytes of UTF-8
 * @param ring the ring, or null while the node knows none
 * @param node who speaks
 * @param target whom the dialler means; null in an answer
 */
public record Hello(
        int versionMin,
        int versionMax,
        int features,
        int messageBytesMax,
        int stripe,
        int stripes,
        String cluster,
        @Nullable RingId ring,
        NodeId node,
        @Nullable NodeId target) {

    /** The version that this code speaks. */
    public static final int VERSION = 1;

    /** Feature: the node reads messages compressed as LZ4 blocks. */
    public static final int FEATURE_LZ4 = 1;

    /** Feature: the node is a client, which takes messages back and which nobody dials. Means nothing in an answer. */
    public static final int FEATURE_CLIENT = 1 << 1;

    /** The fewest stripes of a client: one for data and one for control. */
    public static final int STRIPES_LEAST = 2;

    /** The most stripes of a client. */
    public static final int STRIPES_MOST = 1_024;

    /** The most bytes of a name. */
    public static final int NAME_BYTES_MAX = 255;

    /**
     * Writes the greeting without a header.
     *
     * @return its bytes, ready to be read
     */
    public ByteBuffer encode() {
        ByteBuffer to = ByteBuffer.allocate(1_024);
        to.putShort((short) versionMin).putShort((short) versionMax);
        to.putInt(features).putInt(messageBytesMax).putShort((short) stripe);
        putName(to, cluster);
        to.put((byte) (ring == null ? 0 : 1));
        if (ring != null) {
            UUID id = ring.id();
            to.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
            to.putLong(ring.generation());
        }
        putNode(to, node);
        to.put((byte) (target == null ? 0 : 1));
        if (target != null) {
            putNode(to, target);
        }
        if (isOfClient()) {
            to.putShort((short) stripes);
        }
        return to.flip();
    }

    /**
     * Tells whether a client speaks.
     *
     * @return true for the request of a node that says so
     */
    public boolean isOfClient() {
        return isOfClient(features, target);
    }

    private static boolean isOfClient(int features, @Nullable NodeId target) {
        return (features & FEATURE_CLIENT) != 0 && target != null;
    }

    /**
     * Reads a greeting. Bytes behind the known fields are those of a newer node and are passed over.
     *
     * @param from the frame's bytes behind its header
     * @return the greeting
     * @throws MuxException if it cannot be read
     */
    public static Hello decode(ByteBuffer from) throws MuxException {
        int versionMin = take(from, Short.BYTES).getShort() & 0xFFFF;
        int versionMax = take(from, Short.BYTES).getShort() & 0xFFFF;
        int features = take(from, Integer.BYTES).getInt();
        int messageBytesMax = take(from, Integer.BYTES).getInt();
        int stripe = take(from, Short.BYTES).getShort() & 0xFFFF;
        String cluster = takeName(from);
        RingId ring = takeFlag(from) ? takeRing(from) : null;
        NodeId node = takeNode(from);
        NodeId target = takeFlag(from) ? takeNode(from) : null;
        if (versionMin < 1 || versionMin > versionMax || messageBytesMax < 1) {
            throw new MuxException("a greeting with versions " + versionMin + " to " + versionMax + " and messages of "
                    + messageBytesMax + " bytes");
        }
        int stripes = isOfClient(features, target) ? takeStripes(from, stripe) : 0;
        return new Hello(
                versionMin, versionMax, features, messageBytesMax, stripe, stripes, cluster, ring, node, target);
    }

    private static int takeStripes(ByteBuffer from, int stripe) throws MuxException {
        int stripes = take(from, Short.BYTES).getShort() & 0xFFFF;
        if (stripes < STRIPES_LEAST || stripes > STRIPES_MOST || stripe >= stripes) {
            throw new MuxException("a greeting of a client in stripe " + stripe + " of " + stripes);
        }
        return stripes;
    }

    private static void putNode(ByteBuffer to, NodeId node) {
        putName(to, node.name());
        to.putLong(node.incarnation().bootId());
    }

    private static void putName(ByteBuffer to, String name) {
        byte[] bytes = name.getBytes(UTF_8);
        if (bytes.length > NAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "The name has " + bytes.length + " bytes; at most " + NAME_BYTES_MAX + " fit into a greeting.");
        }
        to.put((byte) bytes.length).put(bytes);
    }

    private static RingId takeRing(ByteBuffer from) throws MuxException {
        ByteBuffer fields = take(from, 3 * Long.BYTES);
        UUID id = new UUID(fields.getLong(), fields.getLong());
        long generation = fields.getLong();
        if (generation < 1) {
            throw new MuxException("a greeting with generation " + generation);
        }
        return new RingId(id, generation);
    }

    private static NodeId takeNode(ByteBuffer from) throws MuxException {
        String name = takeName(from);
        long bootId = take(from, Long.BYTES).getLong();
        try {
            return new NodeId(name, new Incarnation(bootId));
        } catch (IllegalArgumentException noName) {
            throw new MuxException("a greeting with a node name that is none");
        }
    }

    private static String takeName(ByteBuffer from) throws MuxException {
        int length = take(from, 1).get() & 0xFF;
        ByteBuffer bytes = take(from, length).slice(from.position(), length);
        from.position(from.position() + length);
        try {
            return UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException noText) {
            throw new MuxException("a greeting with a name that is not UTF-8");
        }
    }

    private static boolean takeFlag(ByteBuffer from) throws MuxException {
        int flag = take(from, 1).get();
        if (flag != 0 && flag != 1) {
            throw new MuxException("a greeting with a flag of " + flag);
        }
        return flag == 1;
    }

    private static ByteBuffer take(ByteBuffer from, int bytes) throws MuxException {
        if (from.remaining() < bytes) {
            throw new MuxException("a greeting that ends too early");
        }
        return from;
    }
}
