package dev.hypercache.codec;

import static java.util.Objects.requireNonNull;

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
     * @throws dev.hypercache.spi.codec.EncodingException if the value cannot be encoded, saying why
     */
    public byte[] encode(Object value, Class<?> declaredType) {
        return table().encode(value, declaredType);
    }

    /**
     * Decodes what this or another registry encoded.
     *
     * @throws dev.hypercache.spi.codec.DecodingException whatever is wrong with the bytes
     * @throws javax.cache.CacheException if the codecs themselves are set up wrongly
     */
    public Object decode(byte[] bytes, Class<?> declaredType) {
        return table().decode(bytes, declaredType);
    }

    /** Encodes a value that the built-in codec does not cover. */
    byte[] encodeOpaque(Object value, Class<?> declaredType) {
        return table().encodeOpaque(value, declaredType);
    }

    /** Encodes a key as a function of equals, as far as that can be done. */
    byte[] encodeCanonical(Object key, Class<?> declaredType) {
        return table().encodeCanonical(key, declaredType);
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

    private CodecTable table() {
        CodecTable made = table;
        return made != null ? made : makeTable();
    }

    private synchronized CodecTable makeTable() {
        CodecTable made = table;
        if (made == null) {
            made = CodecTable.create(settings, copiers(), loaders);
            table = made;
        }
        return made;
    }
}
