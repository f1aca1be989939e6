package dev.hypercache.core.control;

import dev.hypercache.spi.Payload;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Writes fields one behind the other. Numbers take 7 bits a byte, least significant first; texts and byte strings begin
 * with their length. {@link FieldReader} is the inverse.
 */
final class FieldWriter {

    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;

    private byte[] bytes = new byte[256];
    private int size;

    /** Writes a number of 0 or more. */
    void number(long value) {
        long rest = value;
        while (rest > SEVEN_BITS) {
            octet((int) (rest & SEVEN_BITS) | MORE);
            rest >>>= 7;
        }
        octet((int) rest);
    }

    void flag(boolean value) {
        octet(value ? 1 : 0);
    }

    void uuid(UUID id) {
        room(2 * Long.BYTES);
        ByteBuffer.wrap(bytes, size, 2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        size += 2 * Long.BYTES;
    }

    /**
     * Writes a text.
     *
     * @throws IllegalArgumentException if it has half a surrogate pair, which no encoding of Unicode can carry
     */
    void text(String what, String text) {
        try {
            byteString(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(what + " is no Unicode text: it has half a surrogate pair.", e);
        }
    }

    void payload(Payload payload) {
        byteString(payload.buffer());
    }

    /** What was written, if it is at most {@code max} bytes. */
    Payload finish(String what, int max) {
        ControlLimits.checkRange("length of " + what + " in bytes", size, 0, max);
        return Payload.of(Arrays.copyOf(bytes, size));
    }

    private void byteString(ByteBuffer content) {
        int length = content.remaining();
        number(length);
        room(length);
        content.get(bytes, size, length);
        size += length;
    }

    private void octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    private void room(int length) {
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
        }
    }
}
