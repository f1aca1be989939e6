package dev.hypercache.transport.frame;

import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.TransportOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the parts of a frame in order, and then those of the next one.
 *
 * <p>Values stand behind everything else, in the order of their first mention; where a value belongs stands its length. So
 * a large value at the end leaves without having been copied. A value that was mentioned before is referred to: records
 * and the outcomes that led to them share values, and a value must not travel three times.
 *
 * <p>Bounded by {@link TransportOptions#FRAME_BYTES_MOST}. For one thread. A frame that could not be written to its end
 * leaves no trace in the next one.
 */
final class FrameSink {

    /** How many distinct values back a reference reaches. */
    static final int REFERENCE_MAX = 127;

    /** From this length on the last value is not copied behind the rest: 4 KiB. */
    static final int UNCOPIED_BYTES_MIN = 4 * 1024;

    private final List<ValueBytes> values = new ArrayList<>();
    private ByteBuffer fields;
    private long valueBytes;

    /**
     * Makes one that has taken nothing yet.
     *
     * @param page where it writes what stands in front of the values, as long as that has room there
     */
    FrameSink(ByteBuffer page) {
        this.fields = page;
    }

    /** Begins a frame. */
    void begin() {
        fields.clear();
        values.clear();
        valueBytes = 0;
    }

    void writeByte(int value) {
        room(Byte.BYTES).put((byte) value);
    }

    void writeFlag(boolean value) {
        writeByte(value ? 1 : 0);
    }

    void writeShort(int value) {
        room(Short.BYTES).putShort((short) value);
    }

    void writeInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void writeLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    /** A number that is rarely large, 0 or more: seven bits a byte, low bits first. */
    void writeCount(int count) {
        int rest = count;
        while (rest > 0x7F) {
            writeByte(rest | 0x80);
            rest >>>= 7;
        }
        writeByte(rest);
    }

    /**
     * How many elements follow.
     *
     * @throws IllegalArgumentException if there are more than a reader would accept
     */
    void writeSize(int size, int sizeMax) {
        if (size > sizeMax) {
            throw new IllegalArgumentException(size + " elements of a message's part, at most " + sizeMax);
        }
        writeCount(size);
    }

    /**
     * @throws IllegalArgumentException if there are more elements than a reader would accept
     */
    <T> void writeList(List<T> list, int sizeMax, BiConsumer<? super T, FrameSink> element) {
        writeSize(list.size(), sizeMax);
        for (int i = 0; i < list.size(); i++) {
            element.accept(list.get(i), this);
        }
    }

    <T> void writeOptional(@Nullable T part, BiConsumer<? super T, FrameSink> writer) {
        writeFlag(part != null);
        if (part != null) {
            writer.accept(part, this);
        }
    }

    /**
     * The bytes of a key; the reader knows the cache.
     *
     * @throws IllegalArgumentException if the key is not one of the cache on a ring
     */
    void writeKey(int cache, Object key) {
        if (!(key instanceof KeyBytes bytes)) {
            throw new IllegalArgumentException("a key of " + key.getClass() + ": on a ring keys are KeyBytes");
        }
        if (bytes.cache() != cache) {
            throw new IllegalArgumentException(bytes + " in a message about cache " + cache);
        }
        writeCount(bytes.length());
        bytes.writeTo(room(bytes.length()));
    }

    /**
     * A value, or a reference to one that was written before: twice the length, or twice the distance and one.
     *
     * @throws IllegalArgumentException if the value is not one on a ring
     */
    void writeValue(Object value) {
        if (!(value instanceof ValueBytes bytes)) {
            throw new IllegalArgumentException("a value of " + value.getClass() + ": on a ring values are ValueBytes");
        }
        int last = values.size();
        for (int distance = 1; distance <= Math.min(REFERENCE_MAX, last); distance++) {
            if (values.get(last - distance) == bytes) {
                writeCount(distance << 1 | 1);
                return;
            }
        }
        requireWithin(bytes.length());
        writeCount(bytes.length() << 1);
        values.add(bytes);
        valueBytes += bytes.length();
    }

    /**
     * Ends the frame.
     *
     * @param valuesAtField where the reader learns where the values begin
     * @throws IllegalArgumentException if it is longer than any transport takes
     */
    void end(int valuesAtField) {
        requireWithin(0);
        fields.putInt(valuesAtField, fields.position());
    }

    /** How many bytes the frame has. */
    int length() {
        return (int) (fields.position() + valueBytes);
    }

    /** The last value if it is large enough to leave behind the rest, uncopied; else nothing. */
    Payload tail() {
        return hasTail() ? values.get(values.size() - 1).payload() : Payload.EMPTY;
    }

    private boolean hasTail() {
        return !values.isEmpty() && values.get(values.size() - 1).length() >= UNCOPIED_BYTES_MIN;
    }

    /** How many bytes the frame has in front of its tail. */
    int headLength() {
        return hasTail() ? length() - values.get(values.size() - 1).length() : length();
    }

    /** Puts the frame, all but its tail, into a buffer that has room for it. */
    void writeHead(ByteBuffer target) {
        int copied = hasTail() ? values.size() - 1 : values.size();
        target.put(fields.array(), 0, fields.position());
        for (int i = 0; i < copied; i++) {
            values.get(i).writeTo(target);
        }
    }

    private ByteBuffer room(int bytes) {
        if (fields.remaining() < bytes) {
            requireWithin(bytes);
            int needed = fields.position() + bytes;
            int size = Math.min(TransportOptions.FRAME_BYTES_MOST, Math.max(needed, 2 * fields.capacity()));
            fields = ByteBuffer.allocate(size).put(fields.flip());
        }
        return fields;
    }

    private void requireWithin(int more) {
        long size = fields.position() + valueBytes + more;
        if (size > TransportOptions.FRAME_BYTES_MOST) {
            throw new IllegalArgumentException("a message of " + size + " bytes or more; a frame has at most "
                    + TransportOptions.FRAME_BYTES_MOST);
        }
    }
}
