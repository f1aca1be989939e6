package dev.hypercache.transport.frame;

import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.TransportOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the parts of one frame in order.
 *
 * <p>Values stand behind everything else, in the order of their first mention; where a value belongs stands its length. So
 * a large value at the end leaves without having been copied. A value that was mentioned before is referred to: records
 * and the outcomes that led to them share values, and a value must not travel three times.
 *
 * <p>Bounded by {@link TransportOptions#FRAME_BYTES_MOST}. For one frame and one thread.
 */
final class FrameSink {

    /** How many distinct values back a reference reaches. */
    static final int REFERENCE_MAX = 127;

    /** From this length on the last value is not copied behind the rest: 4 KiB. */
    static final int UNCOPIED_BYTES_MIN = 4 * 1024;

    /** Enough for a small record and the outcomes that led to it. */
    private static final int BYTES_FIRST = 512;

    private final List<ValueBytes> values = new ArrayList<>();
    private ByteBuffer head = ByteBuffer.allocate(BYTES_FIRST);

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
     * @throws IllegalArgumentException if there are more elements than a reader would accept
     */
    <T> void writeList(List<T> list, int sizeMax, BiConsumer<? super T, FrameSink> element) {
        if (list.size() > sizeMax) {
            throw new IllegalArgumentException(list.size() + " elements of a message's part, at most " + sizeMax);
        }
        writeCount(list.size());
        for (T one : list) {
            element.accept(one, this);
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
    }

    /** The frame, its values behind what was written; {@code valuesAtField} is where the reader learns where they begin. */
    Frame toFrame(int valuesAtField) {
        head.putInt(valuesAtField, head.position());
        Payload tail = Payload.EMPTY;
        for (int i = 0; i < values.size(); i++) {
            ValueBytes value = values.get(i);
            if (i == values.size() - 1 && value.length() >= UNCOPIED_BYTES_MIN) {
                requireWithin(value.length());
                tail = value.payload();
            } else {
                value.writeTo(room(value.length()));
            }
        }
        return new Frame(new Payload(head.flip()), tail);
    }

    private ByteBuffer room(int bytes) {
        if (head.remaining() < bytes) {
            requireWithin(bytes);
            int needed = head.position() + bytes;
            int size = Math.min(TransportOptions.FRAME_BYTES_MOST, Math.max(needed, 2 * head.capacity()));
            head = ByteBuffer.allocate(size).put(head.flip());
        }
        return head;
    }

    private void requireWithin(int more) {
        long size = (long) head.position() + more;
        if (size > TransportOptions.FRAME_BYTES_MOST) {
            throw new IllegalArgumentException("a message of " + size + " bytes or more; a frame has at most "
                    + TransportOptions.FRAME_BYTES_MOST);
        }
    }
}
