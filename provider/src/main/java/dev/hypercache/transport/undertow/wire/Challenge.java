package dev.hypercache.transport.undertow.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * What the side that was dialled says first if the request for the connection was signed, and what both ends make of it: the
 * context of the connection's two keys, one for each direction.
 *
 * <p>A context holds the challenge, chosen by one end, and the nonce of the signed request, chosen by the other one, so neither
 * end alone can bring a connection back whose frames somebody recorded. Each part has its length in front: no two contexts run
 * together alike.
 */
public final class Challenge {

    /** Bytes of a challenge, random ones. */
    public static final int BYTES = 32;

    /** The direction from the node that dialled. */
    public static final String DIALLED = "dialled";

    /** The direction from the node that was dialled. */
    public static final String ACCEPTED = "accepted";

    private static final String PURPOSE = "hc-mux-v1";

    private Challenge() {}

    /**
     * Reads a challenge. Bytes behind it are those of a newer node and are passed over.
     *
     * @param body the frame's bytes behind its header
     * @return the challenge, a copy
     * @throws MuxException if it is too short
     */
    public static byte[] decode(ByteBuffer body) throws MuxException {
        if (body.remaining() < BYTES) {
            throw new MuxException("a challenge of " + body.remaining() + " bytes: it has " + BYTES);
        }
        byte[] challenge = new byte[BYTES];
        body.get(challenge);
        return challenge;
    }

    /**
     * Tells from what the key of one direction is derived.
     *
     * @param challenge the challenge
     * @param nonce that of the signed request
     * @param cluster the cluster's name
     * @param to whom the signed request names as its target
     * @param direction {@link #DIALLED} or {@link #ACCEPTED}
     * @return the context, ready to be read
     */
    public static ByteBuffer context(byte[] challenge, String nonce, String cluster, String to, String direction) {
        byte[][] parts = {
            PURPOSE.getBytes(UTF_8),
            challenge,
            nonce.getBytes(UTF_8),
            cluster.getBytes(UTF_8),
            to.getBytes(UTF_8),
            direction.getBytes(UTF_8)
        };
        int length = 0;
        for (byte[] part : parts) {
            length += Integer.BYTES + part.length;
        }
        ByteBuffer context = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            context.putInt(part.length).put(part);
        }
        return context.flip();
    }
}
