package dev.hypercache.core.control;

import dev.hypercache.spi.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Reads what a {@link FieldWriter} wrote, from bytes that anybody may have made up: every field is checked against its
 * bounds before memory is taken for it, and what is wrong is an {@link IllegalArgumentException} that names the field.
 */
final class FieldReader {

    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;
    private static final int SHIFT_MAX = 56;

    private final String whole;
    private final ByteBuffer in;

    FieldReader(String whole, Payload payload, int max) {
        this.whole = whole;
        this.in = payload.buffer();
        ControlLimits.checkRange("length of " + whole + " in bytes", in.remaining(), 0, max);
    }

    int number(String what, int min, int max) {
        return (int) bigNumber(what, min, max);
    }

    long bigNumber(String what, long min, long max) {
        long value = 0;
        int shift = 0;
        int octet;
        do {
            octet = octet(what);
            if (shift > SHIFT_MAX) {
                throw wrong(what, "is a number of more than 63 bits");
            }
            value |= (long) (octet & SEVEN_BITS) << shift;
            shift += 7;
        } while ((octet & MORE) != 0);
        if (octet == 0 && shift > 7) {
            throw wrong(what, "is a number with empty bits in front");
        }
        if (value < min || value > max) {
            throw wrong(what, "is " + value + ", not " + min + " to " + max);
        }
        return value;
    }

    boolean flag(String what) {
        return number(what, 0, 1) == 1;
    }

    UUID uuid(String what) {
        if (in.remaining() < 2 * Long.BYTES) {
            throw wrong(what, "is cut off");
        }
        return new UUID(in.getLong(), in.getLong());
    }

    /** Reads a text of at most so many characters. */
    String text(String what, int charactersMax) {
        ByteBuffer bytes = byteString(what, 3 * charactersMax);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            if (text.length() > charactersMax) {
                throw wrong(what, "has " + text.length() + " characters, more than " + charactersMax);
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(message(what, "is no UTF-8"), e);
        }
    }

    Payload payload(String what, int max) {
        ByteBuffer content = byteString(what, max);
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return Payload.of(bytes);
    }

    /** Checks that nothing follows. */
    void finish() {
        if (in.hasRemaining()) {
            throw wrong("end", "is followed by " + in.remaining() + " bytes");
        }
    }

    private ByteBuffer byteString(String what, int max) {
        int length = number("length of " + what, 0, max);
        if (length > in.remaining()) {
            throw wrong(what, "is cut off");
        }
        ByteBuffer content = in.slice().limit(length);
        in.position(in.position() + length);
        return content;
    }

    private int octet(String what) {
        if (!in.hasRemaining()) {
            throw wrong(what, "is cut off");
        }
        return in.get() & 0xff;
    }

    private IllegalArgumentException wrong(String what, String how) {
        return new IllegalArgumentException(message(what, how));
    }

    private String message(String what, String how) {
        return whole + ": " + what + " " + how + ".";
    }
}
