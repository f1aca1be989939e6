package dev.hypercache.spi;

import java.nio.ByteBuffer;

/**
 * Bytes that nobody changes any more: a frame's body, a topology change, a checkpoint.
 *
 * <p>Equal by content. Safe to share between threads, since each {@link #buffer} call gives a view with a position of its
 * own.
 *
 * @param buffer the bytes from position to limit; whoever makes a payload leaves the memory behind it alone from then on
 */
public record Payload(ByteBuffer buffer) {

    /** No bytes. */
    public static final Payload EMPTY = new Payload(ByteBuffer.allocate(0));

    /** Keeps a read-only view; copies nothing. */
    public Payload {
        buffer = buffer.asReadOnlyBuffer().slice();
    }

    /**
     * Wraps a whole array without copying it.
     *
     * @param bytes bytes that the caller will not change any more
     * @return their payload
     */
    public static Payload of(byte[] bytes) {
        return new Payload(ByteBuffer.wrap(bytes));
    }

    /**
     * Opens the bytes for reading.
     *
     * @return a new read-only view from the first byte to the last, big-endian
     */
    @Override
    public ByteBuffer buffer() {
        return buffer.duplicate();
    }

    /**
     * Returns the number of bytes.
     *
     * @return 0 or more
     */
    public int length() {
        return buffer.remaining();
    }

    /**
     * Copies the bytes.
     *
     * @return a new array of {@link #length} bytes
     */
    public byte[] toBytes() {
        byte[] bytes = new byte[length()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Tells the length alone: the bytes may be user data or secret. */
    @Override
    public String toString() {
        return "Payload[" + length() + " bytes]";
    }
}
