package dev.hypercache.core.record;

import static java.util.Objects.requireNonNull;

import dev.hypercache.spi.Payload;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A value on a ring: encoded bytes, with the codec's header, that no node but the caller's looks into.
 *
 * <p>Equal by content, which is what makes two values the same to {@link ValueEquality} on a ring. Immutable.
 */
public final class ValueBytes {

    private final byte[] bytes;

    private ValueBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Wraps an array without copying it, since values may be large.
     *
     * @param bytes bytes that the caller will not change any more
     */
    public static ValueBytes of(byte[] bytes) {
        return new ValueBytes(requireNonNull(bytes, "bytes"));
    }

    /**
     * A value from the next {@code length} bytes of a buffer, which are copied; the buffer moves on.
     *
     * @throws IllegalArgumentException if the buffer has fewer bytes left
     */
    public static ValueBytes read(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException(
                    "a value of " + length + " bytes, but the buffer has " + in.remaining() + " left");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new ValueBytes(bytes);
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The bytes for reading, not copied. */
    public Payload payload() {
        return Payload.of(bytes);
    }

    /** Puts the bytes into a buffer that has room for them. */
    public void writeTo(ByteBuffer out) {
        out.put(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueBytes && Arrays.equals(bytes, ((ValueBytes) other).bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Tells the length alone: the bytes are user data. */
    @Override
    public String toString() {
        return "ValueBytes[" + bytes.length + " bytes]";
    }
}
