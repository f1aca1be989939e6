package dev.hypercache.codec;

import dev.hypercache.spi.codec.CodecContext;
import dev.hypercache.spi.codec.DecodingException;
import dev.hypercache.spi.codec.EncodingException;
import dev.hypercache.spi.codec.ValueCodec;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The canonical codec: its bytes are a function of {@code equals} (JCACHE §0.2), their layout is docs/CODECS.md.
 *
 * <p>Covers the data classes of the JDK, enums, records and Spring's keys. As a {@link ValueCodec} it keeps the kinds of
 * collections; {@link #encodeKey} drops them.
 */
final class BuiltinCodec implements ValueCodec {
    static final int ID = 1;
    private static final int VERSION = 1;

    private final BuiltinTypes types;
    private final ClassFilter filter;
    private final long bytesMax;

    BuiltinCodec(Copiers copiers, ClassFilter filter, long bytesMax) {
        this.types = new BuiltinTypes(copiers);
        this.filter = filter;
        this.bytesMax = bytesMax;
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String name() {
        return "builtin";
    }

    @Override
    public int version() {
        return VERSION;
    }

    /** Whether values of this class may have a built-in encoding; what they hold may still lack one. */
    @Override
    public boolean canEncode(Class<?> type) {
        return types.canHold(type);
    }

    @Override
    public void encode(Object value, OutputStream out, CodecContext context) throws java.io.IOException {
        byte[] bytes = encode(value, false, context);
        if (bytes == null) {
            throw new EncodingException(value.getClass().getName() + " has no built-in encoding");
        }
        out.write(bytes, 2, bytes.length - 2);
    }

    /** The bytes with their header, or null if the value, or something in it, has no built-in encoding. */
    byte @Nullable [] encode(Object value, boolean key, CodecContext context) {
        ByteSink sink = new ByteSink(bytesMax);
        sink.write(ID);
        sink.write(VERSION);
        try {
            new BuiltinWriter(types, filter.and(context.declaredType()), key, sink).write(value);
            return sink.toByteArray();
        } catch (NotBuiltinException other) {
            return null;
        }
    }

    @Override
    public Object decode(int version, ByteBuffer payload, CodecContext context) {
        if (version != VERSION) {
            throw new DecodingException("Built-in codec version " + version + " is unknown, this is " + VERSION);
        }
        ClassFilter admitted = filter.and(context.declaredType());
        Object value = new BuiltinReader(types, admitted, context.classes(), payload).read();
        if (value == null || payload.hasRemaining()) {
            throw new DecodingException(
                    value == null ? "An encoded null" : payload.remaining() + " bytes follow the value");
        }
        return value;
    }
}
