package dev.hypercache.jcache;

import dev.hypercache.jcache.expiry.ExpiryNotation;
import dev.hypercache.runtime.call.CacheTrait;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.DefinedCache;
import dev.hypercache.runtime.call.Levels;
import dev.hypercache.spi.storage.RetentionLimits;
import java.util.EnumMap;
import java.util.Map;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a manager says of a cache to its ring, and what of that others can make a cache of. Statistics and MXBeans belong to a
 * manager, and listeners to whoever registers them: they are not part of it.
 */
final class CacheStatement {

    private CacheStatement() {}

    /** What is said of a cache. */
    static CacheTraits of(
            CompleteConfiguration<?, ?> configuration,
            Levels levels,
            RetentionLimits limits,
            ExpiryPolicy expiry,
            String codec) {
        Map<CacheTrait, String> traits = new EnumMap<>(CacheTrait.class);
        traits.put(CacheTrait.KEY_TYPE, configuration.getKeyType().getName());
        traits.put(CacheTrait.VALUE_TYPE, configuration.getValueType().getName());
        traits.put(CacheTrait.STORE_BY_VALUE, String.valueOf(configuration.isStoreByValue()));
        traits.put(CacheTrait.READ_THROUGH, String.valueOf(configuration.isReadThrough()));
        traits.put(CacheTrait.WRITE_THROUGH, String.valueOf(configuration.isWriteThrough()));
        traits.put(CacheTrait.READ_LEVEL, levels.read().name());
        traits.put(CacheTrait.WRITE_LEVEL, String.valueOf(levels.write()));
        traits.put(CacheTrait.EXPIRY, ExpiryNotation.of(expiry));
        putBound(traits, CacheTrait.ENTRIES_MAX, limits.entriesMax());
        putBound(traits, CacheTrait.BYTES_MAX, limits.weightMax());
        traits.put(CacheTrait.CODEC, codec);
        return CacheTraits.of(traits);
    }

    private static void putBound(Map<CacheTrait, String> traits, CacheTrait trait, long max) {
        if (max != RetentionLimits.UNBOUNDED) {
            traits.put(trait, String.valueOf(max));
        }
    }

    /**
     * A configuration that says the same as a definition.
     *
     * @param loader knows the classes of keys and values
     * @return null if none can, because the classes or code of the application are not known here: a loader, a writer, or an
     *     expiry policy of its own
     */
    static @Nullable MutableConfiguration<Object, Object> configuration(
            DefinedCache cache, @Nullable ClassLoader loader) {
        CacheTraits traits = cache.traits();
        ExpiryPolicy expiry = ExpiryNotation.policy(traits.get(CacheTrait.EXPIRY));
        Class<Object> keyType = type(traits.get(CacheTrait.KEY_TYPE), loader);
        Class<Object> valueType = type(traits.get(CacheTrait.VALUE_TYPE), loader);
        boolean needsCode = traits.writesThrough() || Boolean.parseBoolean(traits.get(CacheTrait.READ_THROUGH));
        if (needsCode || expiry == null || keyType == null || valueType == null) {
            return null;
        }
        return new MutableConfiguration<Object, Object>()
                .setTypes(keyType, valueType)
                .setExpiryPolicyFactory(() -> expiry);
    }

    @SuppressWarnings("unchecked") // Whoever asks for the cache with types has them compared.
    private static @Nullable Class<Object> type(String name, @Nullable ClassLoader loader) {
        try {
            return (Class<Object>) Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError unknownHere) {
            return null;
        }
    }
}
