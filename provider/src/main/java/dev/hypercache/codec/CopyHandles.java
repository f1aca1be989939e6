package dev.hypercache.codec;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Store by value, at the least price each class allows.
 *
 * <p>Immutable objects are shared. Arrays, the JDK's collections and records are copied by structure. Everything else is
 * held as bytes, so that a put costs one encoding and a get one decoding. Keys are never held as bytes, for they must
 * compare by {@code equals}.
 *
 * <p>The commonest classes are dealt with here; everything that takes more code is behind {@link DeepCopies}, which a cache
 * of strings never loads.
 */
final class CopyHandles implements Handles {
    private final String cacheName;
    private final Class<?> keyType;
    private final Class<?> valueType;
    private final CodecRegistry registry;

    // Made by whoever comes first; two of them would do the same.
    private @Nullable DeepCopies deepCopies;

    CopyHandles(String cacheName, Class<?> keyType, Class<?> valueType, CodecRegistry registry) {
        this.cacheName = requireNonNull(cacheName, "cacheName");
        this.keyType = requireNonNull(keyType, "keyType");
        this.valueType = requireNonNull(valueType, "valueType");
        this.registry = registry;
    }

    @Override
    public Object handleOf(Object value) {
        Object quick = quickCopy(value);
        return quick != null ? quick : deep().handleOf(value);
    }

    @Override
    public Object valueOf(Object handle) {
        Object quick = quickCopy(handle);
        return quick != null ? quick : deep().valueOf(handle);
    }

    @Override
    public Object keyHandleOf(Object key) {
        Object quick = quickCopy(key);
        return quick != null ? quick : deep().copyOfKey(key);
    }

    @Override
    public Object keyOf(Object keyHandle) {
        return keyHandleOf(keyHandle);
    }

    @Override
    public boolean sameValue(Object handle, Object valueOrHandle) {
        if (handle.equals(valueOrHandle)) {
            return true;
        }
        Class<?> type = handle.getClass();
        if (type == byte[].class) {
            return valueOrHandle instanceof byte[] other && Arrays.equals((byte[]) handle, other);
        }
        return !isFlat(type) && deep().sameValue(handle, valueOrHandle);
    }

    @Override
    public long weigh(Object keyHandle, Object valueHandle) {
        long key = FlatWeight.of(keyHandle);
        long value = FlatWeight.of(valueHandle);
        return (key >= 0 ? key : deep().weighKey(keyHandle)) + (value >= 0 ? value : deep().weighValue(valueHandle));
    }

    /** Answers for the commonest classes without loading anything; null for the others. */
    private static @Nullable Object quickCopy(Object source) {
        Class<?> type = source.getClass();
        if (isFlat(type)) {
            return source;
        }
        return type == byte[].class ? ((byte[]) source).clone() : null;
    }

    private static boolean isFlat(Class<?> type) {
        return type == String.class || type == Integer.class || type == Long.class;
    }

    private DeepCopies deep() {
        DeepCopies made = deepCopies;
        if (made == null) {
            made = new DeepCopies(cacheName, keyType, valueType, registry);
            deepCopies = made;
        }
        return made;
    }
}
