package dev.hypercache.codec;

import static java.util.Objects.requireNonNull;

import dev.hypercache.spi.codec.CodecContext;
import dev.hypercache.spi.codec.CodecException;
import dev.hypercache.spi.codec.DecodingException;
import dev.hypercache.spi.codec.EncodingException;
import dev.hypercache.spi.codec.ValueCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The codecs of one manager.
 *
 * <p>Encoded values describe themselves: the first byte is the codec's id, the second the version of its layout, the rest
 * belongs to the codec. Everything is made when it is first needed, so that a cache of strings loads no codec at all. Safe
 * for use by many threads.
 */
public final class CodecRegistry implements AutoCloseable {
    private static final int HEADER_BYTES = 2;

    private final LoaderChain loaders;
    private final CodecSettings settings;
    private volatile @Nullable Copiers copiers;
    private volatile @Nullable CodecTable table;

    /**
     * Assigns; makes nothing.
     *
     * @param managerLoader gives the manager's class loader, or null once that is gone; the registry does not keep it
     */
    public CodecRegistry(Supplier<? extends @Nullable ClassLoader> managerLoader, CodecSettings settings) {
        this.loaders = new LoaderChain(requireNonNull(managerLoader, "managerLoader"));
        this.settings = requireNonNull(settings, "settings");
    }

    /**
     * The handles of a cache that stores by value.
     *
     * @param cacheName for messages
     * @param keyType the key type of the cache's configuration, {@code Object.class} if none
     * @param valueType the value type of the cache's configuration, {@code Object.class} if none
     */
    public Handles byValue(String cacheName, Class<?> keyType, Class<?> valueType) {
        return new CopyHandles(cacheName, keyType, valueType, this);
    }

    /** Lets go of every application class. Idempotent. */
    @Override
    public void close() {
        Copiers made = copiers;
        if (made != null) {
            made.close();
        }
        // Plug-ins come from the application's class loader.
        table = null;
    }

    /** Encodes the keys of a cache that compares them by their bytes. */
    public KeyCodec keys(Class<?> keyType) {
        return new KeyCodec(this, requireNonNull(keyType, "keyType"));
    }

    /**
     * Encodes a value with its header: by the built-in codec if it covers all of it, else by the first plug-in that takes
     * the class, else by the default codec.
     *
     * @param declaredType the value type of the cache's configuration, {@code Object.class} if none
     * @throws EncodingException if the value cannot be encoded, saying why
     */
    public byte[] encode(Object value, Class<?> declaredType) {
        byte[] builtin = table().builtin().encode(value, false, new CodecContext(declaredType, loaders));
        return builtin != null ? builtin : encodeOpaque(value, declaredType);
    }

    /**
     * Decodes what this or another registry encoded.
     *
     * @throws DecodingException whatever is wrong with the bytes
     * @throws javax.cache.CacheException if the codecs themselves are set up wrongly
     */
    public Object decode(byte[] bytes, Class<?> declaredType) {
        if (bytes.length < HEADER_BYTES) {
            throw new DecodingException(
                    "An encoded value has at least " + HEADER_BYTES + " bytes, got " + bytes.length);
        }
        if (bytes.length > settings.limits().bytesMax()) {
            throw new DecodingException("An encoded value of " + bytes.length + " bytes is larger than the limit of "
                    + settings.limits().bytesMax());
        }
        int id = bytes[0] & 0xFF;
        int version = bytes[1] & 0xFF;
        ValueCodec codec = table().byId(id);
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
        return encode(table().forOpaque(value.getClass()), value, declaredType);
    }

    /** Encodes a key as a function of equals, as far as that can be done. */
    byte[] encodeCanonical(Object key, Class<?> declaredType) {
        CodecContext context = new CodecContext(declaredType, loaders);
        byte[] builtin = table().builtin().encode(key, true, context);
        if (builtin != null) {
            return builtin;
        }
        JavaCodec java = table().java();
        ByteSink sink = new ByteSink(settings.limits().bytesMax());
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

    /** The copiers of this manager, made at the first use. */
    Copiers copiers() {
        Copiers made = copiers;
        return made != null ? made : makeCopiers();
    }

    private synchronized Copiers makeCopiers() {
        Copiers made = copiers;
        if (made == null) {
            made = new Copiers();
            copiers = made;
        }
        return made;
    }

    private byte[] encode(ValueCodec codec, Object value, Class<?> declaredType) {
        ByteSink sink = new ByteSink(settings.limits().bytesMax());
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

    private CodecTable table() {
        CodecTable made = table;
        return made != null ? made : makeTable();
    }

    private synchronized CodecTable makeTable() {
        CodecTable made = table;
        if (made == null) {
            made = CodecTable.create(settings, copiers(), loaders.pluginLoader());
            table = made;
        }
        return made;
    }
}
