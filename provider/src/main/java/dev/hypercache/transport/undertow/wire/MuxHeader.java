package dev.hypercache.transport.undertow.wire;

import java.nio.ByteBuffer;

/**
 * The 16 bytes in front of every frame, big-endian: {@code u32 length}, the number of bytes behind this field; {@code u8
 * opcode}; {@code u8 flags}; {@code u16 status}; {@code u64 id}.
 *
 * <p>Constants and positions only: a header is read where it lies, since an object for each frame would be half of what a
 * small frame costs.
 */
public final class MuxHeader {

    /** Bytes of a header. */
    public static final int BYTES = 16;

    /** What the length field counts of a header: all but itself. */
    public static final int LENGTH_LEAST = BYTES - Integer.BYTES;

    /** Bytes of the largest frame, its header included. What is larger travels in several frames. */
    public static final int FRAME_BYTES_MAX = 64 * 1024;

    /** Bytes of the time in front of a request. */
    public static final int TIMEOUT_BYTES = Long.BYTES;

    /** Bytes of the total in front of the first of several chunks. */
    public static final int TOTAL_BYTES = Integer.BYTES;

    /** Who is there: the first frame in each direction. */
    public static final int HELLO = 1;

    /** A request, and with {@link #RESPONSE} its answer. */
    public static final int CALL = 2;

    /** A message without an answer. */
    public static final int POST = 3;

    /** A sign of life that is asked for, and with {@link #RESPONSE} given. */
    public static final int PING = 4;

    /** Nothing new is begun on this connection, and its end is no accident. */
    public static final int GOAWAY = 5;

    /** What the keys of the connection are derived from, see {@link Challenge}: before everything else if there are keys. */
    public static final int CHALLENGE = 6;

    /** Flag: answers the frame of the same id. */
    public static final int RESPONSE = 1;

    /** Flag: the answer is that it did not work; the status says why. */
    public static final int ERROR = 1 << 1;

    /** Flag: wants no answer. */
    public static final int ONEWAY = 1 << 2;

    /** Flag: another chunk of the same message follows. */
    public static final int MORE = 1 << 3;

    /** Flag: the message is compressed, see {@link LzBlock}. */
    public static final int COMPRESSED = 1 << 4;

    /** Flag: counter and MAC close the frame, see {@link FrameMac}. Every frame of a connection with keys has it, no other one. */
    public static final int MAC = 1 << 5;

    /** All flags of this version that a peer may set, besides {@link #MAC} on a connection that has keys. */
    public static final int FLAGS_KNOWN = RESPONSE | ERROR | ONEWAY | MORE | COMPRESSED;

    /** Status of a request that was not executed because too much was under way. */
    public static final int STATUS_OVERLOADED = 1;

    /** Status of an answer that the caller could not take: larger than its greeting allows. */
    public static final int STATUS_TOO_LARGE = 2;

    /** Where the flags stand, from the beginning of a frame. */
    static final int FLAGS_AT = 5;

    private MuxHeader() {}

    /**
     * Writes a header.
     *
     * @param to where, with room for {@link #BYTES}
     * @param bodyBytes the bytes of the frame behind its header, 0 or more
     * @param opcode what the frame is
     * @param flags its flags, or'ed
     * @param status of an answer; 0 else
     * @param id of the request; 0 where there is none
     */
    public static void put(ByteBuffer to, int bodyBytes, int opcode, int flags, int status, long id) {
        to.putInt(LENGTH_LEAST + bodyBytes)
                .put((byte) opcode)
                .put((byte) flags)
                .putShort((short) status)
                .putLong(id);
    }

    /**
     * Tells whether a whole frame has arrived.
     *
     * @param from received bytes; its position, where a frame begins, stays
     * @return the bytes of the frame with its header, or 0 as long as some are missing
     * @throws MuxException if the frame is shorter than a header or longer than any frame
     */
    public static int frameBytes(ByteBuffer from) throws MuxException {
        if (from.remaining() < Integer.BYTES) {
            return 0;
        }
        long length = Integer.toUnsignedLong(from.getInt(from.position()));
        if (length < LENGTH_LEAST || length > FRAME_BYTES_MAX - Integer.BYTES) {
            throw new MuxException("a frame of length " + length + ": it ranges from " + LENGTH_LEAST + " to "
                    + (FRAME_BYTES_MAX - Integer.BYTES));
        }
        int bytes = (int) length + Integer.BYTES;
        return from.remaining() < bytes ? 0 : bytes;
    }

    /** The opcode of the frame that begins at a position. */
    public static int opcode(ByteBuffer from, int at) {
        return from.get(at + 4) & 0xFF;
    }

    /** The flags of the frame that begins at a position. */
    public static int flags(ByteBuffer from, int at) {
        return from.get(at + FLAGS_AT) & 0xFF;
    }

    /** The status of the frame that begins at a position. */
    public static int status(ByteBuffer from, int at) {
        return from.getShort(at + 6) & 0xFFFF;
    }

    /** The id of the frame that begins at a position. */
    public static long id(ByteBuffer from, int at) {
        return from.getLong(at + 8);
    }
}
