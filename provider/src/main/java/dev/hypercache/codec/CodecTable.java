package dev.hypercache.codec;

import dev.hypercache.spi.codec.CodecContext;
import dev.hypercache.spi.codec.CodecException;
import dev.hypercache.spi.codec.DecodingException;
import dev.hypercache.spi.codec.EncodingException;
import dev.hypercache.spi.codec.ValueCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Which codec has which id, which takes what, and the header before their bytes. Immutable. */
final class CodecTable {
    private static final int HEADER_BYTES = 2;

    private final LoaderChain loaders;
    private final long bytesMax;
    private final BuiltinCodec builtin;
    private final JavaCodec java;
    private final ValueCodec fallback;
    private final List<ValueCodec> plugins;
    private final @Nullable ValueCodec[] byId = new @Nullable ValueCodec[ValueCodec.ID_MAX + 1];

    private CodecTable(CodecSettings settings, Copiers copiers, LoaderChain loaders, List<ValueCodec> plugins) {
        SerializationLimits limits = settings.limits();
        this.loaders = loaders;
        this.bytesMax = limits.bytesMax();
        this.builtin = new BuiltinCodec(copiers, settings.filter(), bytesMax);
        this.java = new JavaCodec(limits, settings.filter());
        this.fallback = settings.defaultCodec() == DefaultCodec.JACKSON ? jackson(limits) : java;
        this.plugins = plugins;
        byId[builtin.id()] = builtin;
        byId[java.id()] = java;
        byId[fallback.id()] = fallback;
        for (ValueCodec plugin : plugins) {
            byId[plugin.id()] = plugin;
        }
    }

    /**
     * Makes the codecs that the settings ask for and finds the plug-ins.
     *
     * @throws CacheException if a plug-in cannot be loaded, or its id is reserved or taken
     */
    static CodecTable create(CodecSettings settings, Copiers copiers, LoaderChain loaders) {
        return new CodecTable(settings, copiers, loaders, plugins(loaders.pluginLoader()));
    }

    /** Alone in a method, so that Jackson is loaded only if it is configured. */
    private static ValueCodec jackson(SerializationLimits limits) {
        try {
            return new JacksonCodec(limits);
        } catch (LinkageError absent) {
            throw new CacheException(
                    "hypercache.codec.default=jackson needs com.fasterxml.jackson.core:jackson-databind on the class path",
                    absent);
        }
    }

    private static List<ValueCodec> plugins(@Nullable ClassLoader loader) {
        List<ValueCodec> found = new ArrayList<>();
        try {
            for (ValueCodec plugin : ServiceLoader.load(ValueCodec.class, loader)) {
                found.add(plugin);
            }
        } catch (ServiceConfigurationError broken) {
            throw new CacheException("A codec plug-in cannot be loaded: " + broken.getMessage(), broken);
        }
        found.sort((left, right) -> Integer.compare(left.id(), right.id()));
        ValueCodec previous = null;
        for (ValueCodec plugin : found) {
            if (plugin.id() < ValueCodec.RESERVED_IDS_BELOW || plugin.id() > ValueCodec.ID_MAX) {
                throw new CacheException(
                        "Codec '" + plugin.name() + "' has the id " + plugin.id() + ". Plug-ins have ids from "
                                + ValueCodec.RESERVED_IDS_BELOW + " to " + ValueCodec.ID_MAX + ".");
            }
            if (previous != null && previous.id() == plugin.id()) {
                throw new CacheException("Codecs '" + previous.name() + "' and '" + plugin.name()
                        + "' have the same id " + plugin.id() + ". Leave one of them out.");
            }
            previous = plugin;
        }
        return List.copyOf(found);
    }

    byte[] encode(Object value, Class<?> declaredType) {
        byte @Nullable [] bytes = builtin.encode(value, false, new CodecContext(declaredType, loaders));
        return bytes != null ? bytes : encodeOpaque(value, declaredType);
    }

    Object decode(byte[] bytes, Class<?> declaredType) {
        if (bytes.length < HEADER_BYTES) {
            throw new DecodingException(
                    "An encoded value has at least " + HEADER_BYTES + " bytes, got " + bytes.length);
        }
        if (bytes.length > bytesMax) {
            throw new DecodingException(
                    "An encoded value of " + bytes.length + " bytes is larger than the limit of " + bytesMax);
        }
        int id = bytes[0] & 0xFF;
        int version = bytes[1] & 0xFF;
        ValueCodec codec = byId[id];
        if (codec == null) {
            throw new DecodingException("No codec with id " + id + " is known here");
        }
        ByteBuffer payload = ByteBuffer.wrap(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES)
                .slice()
                .asReadOnlyBuffer();
        try {
            return codec.decode(version, payload, new CodecContext(declaredType, loaders));
        } catch (DecodingException refused) {
            throw refused;
        } catch (IOException | RuntimeException | LinkageError malformed) {
            throw new DecodingException("Codec '" + codec.name() + "' cannot read the value: " + malformed, malformed);
        }
    }

    /** Encodes a value that the built-in codec does not cover. */
    byte[] encodeOpaque(Object value, Class<?> declaredType) {
        return encode(forOpaque(value.getClass()), value, declaredType);
    }

    /** Encodes a key as a function of equals, as far as that can be done. */
    byte[] encodeCanonical(Object key, Class<?> declaredType) {
        CodecContext context = new CodecContext(declaredType, loaders);
        byte @Nullable [] bytes = builtin.encode(key, true, context);
        if (bytes != null) {
            return bytes;
        }
        ByteSink sink = new ByteSink(bytesMax);
        sink.write(java.id());
        sink.write(java.version());
        try {
            java.encodeCanonical(key, sink, context);
        } catch (IOException | RuntimeException refused) {
            throw new EncodingException(
                    "Keys of class " + key.getClass().getName() + " cannot be compared by their bytes: "
                            + refused.getMessage()
                            + ". Use a record, an enum, a String or another class with a built-in encoding.",
                    refused);
        }
        return sink.toByteArray();
    }

    private byte[] encode(ValueCodec codec, Object value, Class<?> declaredType) {
        ByteSink sink = new ByteSink(bytesMax);
        sink.write(codec.id());
        sink.write(codec.version());
        try {
            codec.encode(value, sink, new CodecContext(declaredType, loaders));
        } catch (CodecException refused) {
            throw refused;
        } catch (IOException | RuntimeException failed) {
            throw new EncodingException("Codec '" + codec.name() + "' cannot write the value: " + failed, failed);
        }
        return sink.toByteArray();
    }

    /** What encodes a class that the built-in codec does not cover. */
    private ValueCodec forOpaque(Class<?> type) {
        for (ValueCodec plugin : plugins) {
            if (plugin.canEncode(type)) {
                return plugin;
            }
        }
        return fallback;
    }
}
