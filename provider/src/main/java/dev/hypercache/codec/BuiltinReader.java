package dev.hypercache.codec;

import dev.hypercache.spi.codec.ClassResolver;
import dev.hypercache.spi.codec.DecodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value of the built-in layout. Trusts nothing: every count is checked against the remaining bytes before
 * anything is allocated, depth is bounded, classes pass the filter. Confined to one call.
 */
final class BuiltinReader {
    private final BuiltinTypes types;
    private final ClassFilter filter;
    private final ClassResolver classes;
    private final ByteBuffer in;
    private int depth;

    BuiltinReader(BuiltinTypes types, ClassFilter filter, ClassResolver classes, ByteBuffer in) {
        this.types = types;
        this.filter = filter;
        this.classes = classes;
        this.in = in;
    }

    /** Reads a value with its tag. */
    @Nullable
    Object read() {
        int tag = readByte() & 0xFF;
        if (tag == BuiltinTypes.NULL) {
            return null;
        }
        BuiltinType type = types.of(tag);
        if (type == null) {
            throw new DecodingException("Unknown tag " + tag + " at byte " + (in.position() - 1));
        }
        if (depth >= BuiltinWriter.DEPTH_MAX) {
            throw new DecodingException("Nested deeper than " + BuiltinWriter.DEPTH_MAX);
        }
        depth++;
        Object value = type.reader().apply(this);
        depth--;
        return value;
    }

    byte readByte() {
        return in.get();
    }

    short readShort() {
        return in.getShort();
    }

    int readInt() {
        return in.getInt();
    }

    long readLong() {
        return in.getLong();
    }

    /** A count of things that take at least so many bytes each. */
    int readCount(int bytesEach) {
        long count = 0;
        int shift = 0;
        int piece;
        do {
            piece = in.get();
            count |= (long) (piece & 0x7F) << shift;
            shift += 7;
        } while (piece < 0 && shift < 35);
        if (piece < 0 || piece == 0 && shift > 7) {
            throw new DecodingException("Malformed count before byte " + in.position());
        }
        if (count * bytesEach > in.remaining()) {
            throw new DecodingException("Count " + count + " of " + bytesEach + " bytes each before byte "
                    + in.position() + ", but only " + in.remaining() + " bytes are left");
        }
        return (int) count;
    }

    byte[] readBytes() {
        byte[] bytes = new byte[readCount(1)];
        in.get(bytes);
        return bytes;
    }

    /** The bytes of a primitive array, still to be interpreted. */
    ByteBuffer readBlock(int count, int bytesEach) {
        ByteBuffer block = in.slice(in.position(), count * bytesEach);
        in.position(in.position() + count * bytesEach);
        return block;
    }

    String readText() {
        int length = readCount(1);
        ByteBuffer bytes = readBlock(length, 1);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            throw new DecodingException("Malformed UTF-8 before byte " + in.position(), malformed);
        }
    }

    /** A class by name. It is found without being initialised, so nothing of it runs before it passed the filter. */
    Class<?> readClass() {
        String name = readText();
        try {
            Class<?> type = classes.resolve(name);
            if (!filter.admits(type)) {
                throw new DecodingException(filter.refusal(type));
            }
            return type;
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new DecodingException("Class " + name + " is not known here", missing);
        }
    }

    @Nullable
    Object[] readArray() {
        return readElements(new @Nullable Object[readCount(1)]);
    }

    @Nullable
    Object[] readTypedArray() {
        Class<?> component = readClass();
        if (component.isPrimitive()) {
            throw new DecodingException("An array of objects cannot have the component type " + component);
        }
        return readElements((@Nullable Object[]) java.lang.reflect.Array.newInstance(component, readCount(1)));
    }

    private @Nullable Object[] readElements(@Nullable Object[] array) {
        for (int i = 0; i < array.length; i++) {
            array[i] = read();
        }
        return array;
    }

    <C extends Collection<@Nullable Object>> C readInto(C target) {
        int count = readCount(1);
        for (int i = 0; i < count; i++) {
            target.add(read());
        }
        if (target.size() != count) {
            throw new DecodingException("A set holds an element twice");
        }
        return target;
    }

    <M extends Map<@Nullable Object, @Nullable Object>> M readInto(M target) {
        int count = readCount(2);
        for (int i = 0; i < count; i++) {
            target.put(read(), read());
        }
        if (target.size() != count) {
            throw new DecodingException("A map holds a key twice");
        }
        return target;
    }

    RecordShape shapeOf(Class<?> record) {
        return types.shapeOf(record);
    }

    /** The copier of a framework's class, which knows how to take its instances apart. */
    SimpleKeyCopier simpleKeys(Class<?> type) {
        return types.simpleKeys(type);
    }

    Class<?> resolveFrameworkClass(String name) {
        try {
            return classes.resolve(name);
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new DecodingException("Class " + name + " is not known here", missing);
        }
    }
}
