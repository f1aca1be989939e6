package dev.hypercache.transport.undertow.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts the chunks of one message together; a peer sends one chunked message at a time.
 *
 * <p>The memory grows with the bytes that have arrived and not with what the first chunk announces, so that announcing costs
 * a peer as much as sending. For one thread.
 */
public final class Assembly {

    private final int messageBytesMax;
    private byte @Nullable [] bytes;
    private int filled;
    private int total;
    private int opcode;
    private long id;

    /**
     * Makes an empty one.
     *
     * @param messageBytesMax the largest message to accept
     */
    public Assembly(int messageBytesMax) {
        this.messageBytesMax = messageBytesMax;
    }

    /** Tells whether a message has begun and not ended. */
    public boolean isUnderWay() {
        return bytes != null;
    }

    /**
     * Takes the first chunk, which begins with the total.
     *
     * @throws MuxException if the total is out of range or the chunk too short
     */
    public void begin(int ofOpcode, long ofId, ByteBuffer chunk) throws MuxException {
        if (chunk.remaining() < MuxHeader.TOTAL_BYTES) {
            throw new MuxException("a first chunk without its total");
        }
        total = chunk.getInt();
        if (total < 1 || total > messageBytesMax) {
            throw new MuxException(
                    "a message of " + Integer.toUnsignedLong(total) + " bytes: it ranges from 1 to " + messageBytesMax);
        }
        opcode = ofOpcode;
        id = ofId;
        filled = 0;
        bytes = new byte[Math.min(total, 2 * MuxHeader.FRAME_BYTES_MAX)];
        append(chunk);
    }

    /**
     * Takes another chunk.
     *
     * @param last whether none follows
     * @return the message once it is whole, null before
     * @throws MuxException if the chunk belongs to another message, or the total does not come out
     */
    public @Nullable ByteBuffer add(int ofOpcode, long ofId, ByteBuffer chunk, boolean last) throws MuxException {
        if (ofOpcode != opcode || ofId != id) {
            throw new MuxException("a frame between the chunks of another message");
        }
        append(chunk);
        if (!last) {
            return null;
        }
        if (filled != total) {
            throw new MuxException("a message of " + total + " bytes that ends after " + filled);
        }
        ByteBuffer message = ByteBuffer.wrap(whole(), 0, total);
        bytes = null;
        return message;
    }

    private byte[] whole() {
        return bytes == null ? new byte[0] : bytes;
    }

    private void append(ByteBuffer chunk) throws MuxException {
        int more = chunk.remaining();
        if (more > total - filled || more == 0) {
            throw new MuxException("a chunk of " + more + " bytes where " + (total - filled) + " are missing");
        }
        byte[] room = whole();
        if (filled + more > room.length) {
            room = Arrays.copyOf(room, (int) Math.min(total, Math.max(filled + more, 2L * room.length)));
            bytes = room;
        }
        chunk.get(room, filled, more);
        filled += more;
    }
}
