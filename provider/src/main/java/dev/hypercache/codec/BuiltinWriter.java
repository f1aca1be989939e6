package dev.hypercache.codec;

import dev.hypercache.spi.codec.EncodingException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one value in the built-in layout (docs/CODECS.md). Confined to one call.
 *
 * <p>Written as a key, kinds that {@code equals} does not tell apart are dropped, so that equal keys give equal bytes; as a
 * value they are kept. Sets and maps without an order of their own are sorted by the bytes of their elements in both cases.
 */
final class BuiltinWriter {
    /** Containers inside containers. */
    static final int DEPTH_MAX = 64;

    private final BuiltinTypes types;
    private final ClassFilter filter;
    private final boolean key;
    private ByteSink sink;
    private int depth;
    private boolean deepArrays;

    BuiltinWriter(BuiltinTypes types, ClassFilter filter, boolean key, ByteSink sink) {
        this.types = types;
        this.filter = filter;
        this.key = key;
        this.sink = sink;
    }

    /** Writes a value with its tag. */
    void write(@Nullable Object value) {
        if (value == null) {
            sink.write(BuiltinTypes.NULL);
            return;
        }
        BuiltinType type = types.of(value, key);
        if (type == null) {
            throw new NotBuiltinException(value.getClass());
        }
        if (depth >= DEPTH_MAX && !key) {
            // Serialization knows cycles and goes deeper.
            throw new NotBuiltinException(value.getClass());
        }
        if (depth >= DEPTH_MAX) {
            throw new EncodingException(value.getClass().getName() + " is nested deeper than " + DEPTH_MAX
                    + ", the limit for keys. Flatten it.");
        }
        depth++;
        sink.write(type.tag());
        type.writer().accept(this, value);
        depth--;
    }

    void writeByte(int value) {
        sink.write(value);
    }

    void writeShort(int value) {
        sink.write(value >>> 8);
        sink.write(value);
    }

    void writeInt(int value) {
        sink.writeInt(value);
    }

    void writeLong(long value) {
        sink.writeLong(value);
    }

    /** All NaNs are one: {@code Float.equals} says so. */
    void writeFloat(float value) {
        sink.writeInt(Float.floatToIntBits(value));
    }

    /** All NaNs are one: {@code Double.equals} says so. */
    void writeDouble(double value) {
        sink.writeLong(Double.doubleToLongBits(value));
    }

    /** Seven bits a byte, low bits first, the top bit set in all bytes but the last. */
    void writeCount(int count) {
        int rest = count;
        while (rest > 0x7F) {
            sink.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        sink.write(rest);
    }

    void writeBytes(byte[] bytes) {
        writeCount(bytes.length);
        sink.write(bytes, 0, bytes.length);
    }

    /** Text that is known to be well-formed UTF-16. */
    void writeText(String text) {
        writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A class that will be looked up by name at the other end: refused here if it would be refused there. */
    void writeClass(Class<?> type) {
        if (!filter.admits(type)) {
            throw new EncodingException(filter.refusal(type));
        }
        writeText(type.getName());
    }

    void writeAll(Collection<?> elements) {
        writeCount(elements.size());
        for (Object element : elements) {
            write(element);
        }
    }

    void writeArray(@Nullable Object[] array) {
        if (deepArrays) {
            // Arrays.deepEquals does not look at component types.
            writeClass(Object.class);
        } else {
            writeClass(array.getClass().getComponentType());
        }
        writeAll(Arrays.asList(array));
    }

    /** Elements whose arrays, at any depth, are compared by content and not by component type. */
    void writeDeep(@Nullable Object[] elements) {
        boolean outer = deepArrays;
        deepArrays = key;
        writeAll(Arrays.asList(elements));
        deepArrays = outer;
    }

    /** Elements without an order of their own. */
    void writeSorted(Collection<?> elements) {
        byte[][] encoded = new byte[elements.size()][];
        int i = 0;
        for (Object element : elements) {
            encoded[i++] = aside(element);
        }
        Arrays.sort(encoded, Arrays::compareUnsigned);
        writeCount(encoded.length);
        for (byte[] element : encoded) {
            sink.write(element, 0, element.length);
        }
    }

    /** Entries in the map's own order. */
    void writeEntries(Map<?, ?> map) {
        writeCount(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            write(entry.getKey());
            write(entry.getValue());
        }
    }

    /** Entries without an order of their own, sorted by key. */
    void writeSortedEntries(Map<?, ?> map) {
        List<Map.Entry<byte[], Object>> sorted = new ArrayList<>(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            sorted.add(new AbstractMap.SimpleImmutableEntry<>(aside(entry.getKey()), entry.getValue()));
        }
        sorted.sort((left, right) -> Arrays.compareUnsigned(left.getKey(), right.getKey()));
        writeCount(sorted.size());
        for (Map.Entry<byte[], Object> entry : sorted) {
            sink.write(entry.getKey(), 0, entry.getKey().length);
            write(entry.getValue());
        }
    }

    /** Takes a record apart. */
    RecordShape shapeOf(Object record) {
        return types.shapeOf(record.getClass());
    }

    /** Takes the keys of Spring apart. */
    SimpleKeyCopier simpleKeys(Class<?> type) {
        return types.simpleKeys(type);
    }

    private byte[] aside(@Nullable Object element) {
        ByteSink outer = sink;
        sink = outer.sibling();
        write(element);
        byte[] bytes = sink.toByteArray();
        sink = outer;
        return bytes;
    }
}
