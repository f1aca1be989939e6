package dev.hypercache.transport.frame;

import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.ring.KeyBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives the parts of a frame in the order in which a {@link FrameSink} took them, and then those of the next one.
 *
 * <p>Trusts nothing: each length is checked against the bytes that are there before anything is allocated, and every part
 * has one form only, so that what could be read is written again as the same bytes. All that it gives is copied from the
 * buffer. For one thread.
 */
final class FrameSource {

    private static final int COUNT_BYTES_MAX = 5;
    private static final int LIST_CAPACITY_MAX = 64;

    /** Its position is where the next field is. */
    private final ByteBuffer bytes;

    private final List<ValueBytes> values = new ArrayList<>();
    private int begin;
    private int fieldsEnd;
    private int valuesAt;
    private int end;

    /** Begins with the frame from the buffer's position to its limit. Moves the position. */
    FrameSource(ByteBuffer bytes) {
        this.bytes = bytes;
        begin(bytes.position(), bytes.remaining());
    }

    /** Begins to read a frame that lies within the buffer's limits. */
    void begin(int at, int length) {
        bytes.position(at);
        begin = at;
        end = at + length;
        fieldsEnd = end;
        valuesAt = end;
        values.clear();
    }

    int readByte(String what) {
        return available(Byte.BYTES, what).get() & 0xFF;
    }

    boolean readFlag(String what) {
        int value = readByte(what);
        if (value > 1) {
            throw refusal(what + " is " + value + ", not 0 or 1");
        }
        return value == 1;
    }

    int readShort(String what) {
        return available(Short.BYTES, what).getShort() & 0xFFFF;
    }

    int readInt(String what) {
        return available(Integer.BYTES, what).getInt();
    }

    /** An int within bounds. */
    int readInt(String what, int least, int most) {
        int value = readInt(what);
        if (value < least || value > most) {
            throw refusal(what + " is " + value + ", not from " + least + " to " + most);
        }
        return value;
    }

    long readLong(String what) {
        return available(Long.BYTES, what).getLong();
    }

    /** A packed ballot. */
    long readBallot(String what) {
        long ballot = readLong(what);
        if (ballot < 0) {
            throw refusal(what + " is negative");
        }
        return ballot;
    }

    int readCount(String what) {
        long count = 0;
        int piece = 0x80;
        int pieces = 0;
        while (piece > 0x7F && pieces < COUNT_BYTES_MAX) {
            piece = readByte(what);
            count |= (long) (piece & 0x7F) << (7 * pieces++);
        }
        if (piece > 0x7F || count > Integer.MAX_VALUE || (piece == 0 && pieces > 1)) {
            throw refusal(what + " is malformed");
        }
        return (int) count;
    }

    /** How many elements follow. They take at least a byte each, so a count beyond the bytes that are left is refused at once. */
    int readSize(String what, int sizeMax) {
        int size = readCount(what);
        if (size > sizeMax || size > fieldBytes()) {
            throw refusal(size + " " + what + "; at most " + sizeMax + ", and " + fieldBytes() + " bytes are left");
        }
        return size;
    }

    <T> List<T> readList(String what, int sizeMax, Function<FrameSource, T> element) {
        int size = readSize(what, sizeMax);
        if (size == 0) {
            return List.of();
        }
        if (size == 1) {
            return List.of(element.apply(this));
        }
        List<T> list = new ArrayList<>(Math.min(size, LIST_CAPACITY_MAX));
        for (int i = 0; i < size; i++) {
            list.add(element.apply(this));
        }
        return Collections.unmodifiableList(list);
    }

    <T> @Nullable T readOptional(String what, Function<FrameSource, T> part) {
        int presence = readByte(what);
        if (presence > 1) {
            throw refusal("presence of " + what + " is " + presence + ", not 0 or 1");
        }
        return presence == 1 ? part.apply(this) : null;
    }

    KeyBytes readKey(int cache) {
        int length = readCount("length of key");
        if (length > KeyBytes.LENGTH_MAX) {
            throw refusal("a key of " + length + " bytes, at most " + KeyBytes.LENGTH_MAX);
        }
        return KeyBytes.read(cache, available(length, "key"), length);
    }

    ValueBytes readValue(String what) {
        int mention = readCount(what);
        return (mention & 1) == 0 ? newValue(what, mention >>> 1) : earlierValue(what, mention >>> 1);
    }

    private ValueBytes newValue(String what, int length) {
        if (length > end - valuesAt) {
            throw refusal(what + " of " + length + " bytes, but " + (end - valuesAt) + " are left of the values");
        }
        byte[] copy = new byte[length];
        bytes.get(valuesAt, copy);
        valuesAt += length;
        ValueBytes value = ValueBytes.of(copy);
        values.add(value);
        return value;
    }

    private ValueBytes earlierValue(String what, int distance) {
        if (distance < 1 || distance > FrameSink.REFERENCE_MAX || distance > values.size()) {
            throw refusal(what + " refers " + distance + " values back, but there are " + values.size());
        }
        return values.get(values.size() - distance);
    }

    /** Tells where the values begin, counted from the frame's first byte, and with them where the rest ends. */
    void splitAt(int valuesOffset) {
        if (valuesOffset < bytes.position() - begin || valuesOffset > end - begin) {
            throw refusal("values begin at byte " + valuesOffset + " of " + (end - begin));
        }
        valuesAt = begin + valuesOffset;
        fieldsEnd = valuesAt;
    }

    /** Nothing may be left: bytes that nobody reads are a layout that this node does not know. */
    void requireEnd() {
        if (fieldBytes() > 0 || valuesAt < end) {
            throw refusal(fieldBytes() + " bytes of fields and " + (end - valuesAt) + " bytes of values are left over");
        }
    }

    FrameException refusal(String wrong) {
        return new FrameException(wrong + " (before byte " + (bytes.position() - begin) + ")");
    }

    /** How many bytes of fields are left. */
    private int fieldBytes() {
        return fieldsEnd - bytes.position();
    }

    private ByteBuffer available(int wanted, String what) {
        if (fieldBytes() < wanted) {
            throw refusal(what + " takes " + wanted + " bytes, but " + fieldBytes() + " are left");
        }
        return bytes;
    }
}
