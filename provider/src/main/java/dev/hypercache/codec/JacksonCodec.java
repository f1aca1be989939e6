package dev.hypercache.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hypercache.spi.codec.CodecContext;
import dev.hypercache.spi.codec.DecodingException;
import dev.hypercache.spi.codec.EncodingException;
import dev.hypercache.spi.codec.ValueCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * JSON of the type the cache was configured with (SECURITY R2): no type names in the bytes, so none to abuse.
 *
 * <p>The price is that a cache needs a concrete declared type and holds instances of exactly that. Loaded only if
 * configured, for Jackson may be absent.
 */
final class JacksonCodec implements ValueCodec {
    static final int ID = 3;
    private static final int VERSION = 1;
    private static final int DEPTH_MAX = 64;

    private final JsonMapper mapper;

    JacksonCodec(SerializationLimits limits) {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH_MAX)
                        .maxDocumentLength(limits.bytesMax())
                        .maxStringLength((int) Math.min(limits.bytesMax(), Integer.MAX_VALUE))
                        .build())
                .build();
        mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
        mapper.deactivateDefaultTyping();
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String name() {
        return "jackson";
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public boolean canEncode(Class<?> type) {
        return unfitness(type) == null;
    }

    @Override
    public void encode(Object value, OutputStream out, CodecContext context) throws IOException {
        Class<?> declared = context.declaredType();
        String unfit = unfitness(declared);
        if (unfit != null) {
            throw new EncodingException("the JSON codec needs the type of what it stores, and " + unfit
                    + ". Call setTypes with a concrete class without type parameters, or set"
                    + " hypercache.codec.default=java");
        }
        if (value.getClass() != declared) {
            throw new EncodingException("the JSON codec stores exactly the declared type " + declared.getName()
                    + ", because it writes no type names. Declare "
                    + value.getClass().getName()
                    + " with setTypes, or set hypercache.codec.default=java");
        }
        mapper.writeValue(out, value);
    }

    @Override
    public Object decode(int version, ByteBuffer payload, CodecContext context) throws IOException {
        if (version != VERSION) {
            throw new DecodingException("JSON codec version " + version + " is unknown, this is " + VERSION);
        }
        String unfit = unfitness(context.declaredType());
        if (unfit != null) {
            throw new DecodingException("The JSON codec needs the type of what it reads, and " + unfit);
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        Object value = mapper.readValue(bytes, context.declaredType());
        if (value == null) {
            throw new DecodingException("JSON null is no value");
        }
        return value;
    }

    /** Why JSON cannot bring an instance of this class back, or null if it can. */
    private static @Nullable String unfitness(Class<?> type) {
        if (type == Object.class) {
            return "the cache declares none";
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers()) && !type.isArray()) {
            return type.getName() + " is abstract";
        }
        return type.getTypeParameters().length > 0 ? type.getName() + " has type parameters" : null;
    }
}
