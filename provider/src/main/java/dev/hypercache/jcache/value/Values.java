package dev.hypercache.jcache.value;

import dev.hypercache.codec.Handles;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.spi.codec.DecodingException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks what comes from the application and converts between its objects and the cache's handles.
 *
 * <p>A held value that cannot be decoded in this JVM counts as absent: the failure is reported once per occurrence and
 * never thrown at a reader.
 */
public final class Values<K, V> implements ValueEquality, CacheSpec.Weigher {

    private final Handles handles;
    private final Class<K> keyType;
    private final Class<V> valueType;
    private final boolean typed;
    private final Consumer<DecodingException> undecodable;

    public Values(Handles handles, Class<K> keyType, Class<V> valueType, Consumer<DecodingException> undecodable) {
        this.handles = handles;
        this.keyType = keyType;
        this.valueType = valueType;
        this.typed = keyType != Object.class || valueType != Object.class;
        this.undecodable = undecodable;
    }

    /**
     * A key as it is looked up.
     *
     * @throws NullPointerException if it is null
     * @throws ClassCastException if it is not of the cache's key type
     */
    public Object lookup(@Nullable K key) {
        return handles.lookupOf(checkKey(key));
    }

    /**
     * A key that is only checked.
     *
     * @throws NullPointerException if it is null
     * @throws ClassCastException if it is not of the cache's key type
     */
    public K checkKey(@Nullable K key) {
        Objects.requireNonNull(key, "key is null; JSR-107 caches hold no null keys");
        if (typed && !keyType.isInstance(key)) {
            throw mismatch("key", key, keyType);
        }
        return key;
    }

    /** A key under which an entry may be filed. */
    public Object keyHandle(@Nullable K key) {
        return handles.keyHandleOf(checkKey(key));
    }

    /**
     * A value as it is held.
     *
     * @throws NullPointerException if it is null
     * @throws ClassCastException if it is not of the cache's value type
     */
    public Object valueHandle(@Nullable V value) {
        return handles.handleOf(checkValue(value));
    }

    /** A value that held ones are only compared with. */
    public Object comparand(@Nullable V value) {
        return handles.comparandOf(checkValue(value));
    }

    /** A value that is only checked. */
    public V checkValue(@Nullable V value) {
        Objects.requireNonNull(value, "value is null; JSR-107 caches hold no null values");
        if (typed && !valueType.isInstance(value)) {
            throw mismatch("value", value, valueType);
        }
        return value;
    }

    private static ClassCastException mismatch(String what, Object given, Class<?> type) {
        return new ClassCastException(
                "the " + what + " is a " + given.getClass().getName()
                        + " but the cache is configured for " + what + "s of " + type.getName()
                        + "; pass that type or configure the cache with setTypes(Object.class, Object.class)");
    }

    /** The application's copy of a filed key. */
    @SuppressWarnings("unchecked") // Only keys that lookup() accepted are filed.
    public K key(Object keyHandle) {
        return (K) handles.keyOf(keyHandle);
    }

    /** The application's copy of a record's value; null if there is no record or its value cannot be decoded. */
    public @Nullable V value(@Nullable StoredRecord record) {
        return record == null ? null : valueOf(record.value());
    }

    /** The application's copy of a held value; null if it cannot be decoded. */
    @SuppressWarnings("unchecked") // Only values that checkValue() accepted are held.
    public @Nullable V valueOf(Object handle) {
        try {
            return (V) handles.valueOf(handle);
        } catch (DecodingException e) {
            undecodable.accept(e);
            return null;
        }
    }

    @Override
    public boolean sameValue(Object stored, Object given) {
        try {
            return handles.sameValue(stored, given);
        } catch (DecodingException e) {
            undecodable.accept(e);
            return false;
        }
    }

    @Override
    public long weigh(Object key, Object value) {
        return Math.max(0, handles.weigh(key, value));
    }
}
