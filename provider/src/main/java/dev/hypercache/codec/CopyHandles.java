package dev.hypercache.codec;

import static java.util.Objects.requireNonNull;

import dev.hypercache.spi.codec.CodecException;
import dev.hypercache.spi.codec.DecodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Store by value, at the least price each class allows.
 *
 * <p>Immutable objects are shared. Arrays, the JDK's collections and records are copied by structure. Everything else is
 * held as bytes, so that a put costs one encoding and a get one decoding. Keys are never held as bytes, for they must
 * compare by {@code equals}.
 */
final class CopyHandles implements Handles {
    private final String cacheName;
    private final Class<?> keyType;
    private final Class<?> valueType;
    private final CodecRegistry registry;

    CopyHandles(String cacheName, Class<?> keyType, Class<?> valueType, CodecRegistry registry) {
        this.cacheName = requireNonNull(cacheName, "cacheName");
        this.keyType = requireNonNull(keyType, "keyType");
        this.valueType = requireNonNull(valueType, "valueType");
        this.registry = registry;
    }

    @Override
    public Object handleOf(Object value) {
        Object quick = quickCopy(value);
        if (quick != null) {
            return quick;
        }
        Object copy = structuralCopy(value, "value");
        return copy != Copier.UNCOPYABLE ? copy : new EncodedValue(encode(value, valueType, "value"));
    }

    @Override
    public Object valueOf(Object handle) {
        Object quick = quickCopy(handle);
        if (quick != null) {
            return quick;
        }
        if (handle instanceof EncodedValue encoded) {
            return registry.decode(encoded.bytes(), valueType);
        }
        Object copy = structuralCopy(handle, "value");
        return copy != Copier.UNCOPYABLE ? copy : roundTrip(handle, valueType, "value");
    }

    @Override
    public Object keyHandleOf(Object key) {
        Object quick = quickCopy(key);
        if (quick != null) {
            return quick;
        }
        Object copy = structuralCopy(key, "key");
        return copy != Copier.UNCOPYABLE ? copy : roundTrip(key, keyType, "key");
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
        if (handle instanceof EncodedValue encoded) {
            return sameEncoded(encoded, valueOrHandle);
        }
        if (valueOrHandle instanceof EncodedValue) {
            // A handle that is an object and one that is bytes come from values of different classes.
            return handle.equals(valueOf(valueOrHandle));
        }
        return handle.getClass().isArray()
                && handle.getClass() == valueOrHandle.getClass()
                && Arrays.deepEquals(new Object[] {handle}, new Object[] {valueOrHandle});
    }

    private boolean sameEncoded(EncodedValue handle, Object valueOrHandle) {
        Object other = valueOrHandle;
        if (other instanceof EncodedValue) {
            other = valueOf(other);
        } else if (handle.equals(handleOf(other))) {
            return true;
        }
        return valueOf(handle).equals(other);
    }

    @Override
    public long weigh(Object keyHandle, Object valueHandle) {
        long key = weigh(keyHandle, keyType, "key");
        long value = weigh(valueHandle, valueType, "value");
        return key + value;
    }

    private long weigh(Object object, Class<?> declaredType, String role) {
        long flat = FlatWeight.of(object);
        if (flat >= 0) {
            return flat;
        }
        Copiers copiers = registry.copiers();
        long structural = copiers.of(object).weigh(object, new CopyRun(copiers));
        // A key of a class without structure: its encoding is the best measure there is.
        return structural >= 0 ? structural : encode(object, declaredType, role).length;
    }

    /** Answers for the commonest classes without loading anything; null for the others. */
    private static @Nullable Object quickCopy(Object source) {
        Class<?> type = source.getClass();
        if (type == String.class || type == Integer.class || type == Long.class) {
            return source;
        }
        return type == byte[].class ? ((byte[]) source).clone() : null;
    }

    private Object structuralCopy(Object source, String role) {
        Copiers copiers = registry.copiers();
        Copier copier = copiers.of(source);
        if (copier instanceof Copier.Immutable) {
            return source;
        }
        try {
            return copier.copy(source, new CopyRun(copiers));
        } catch (RuntimeException refused) {
            // A record's canonical constructor, or a collection changed by another thread during the copy.
            throw unstorable(source, role, "could not be copied: " + refused, refused);
        }
    }

    private Object roundTrip(Object source, Class<?> declaredType, String role) {
        byte[] bytes = encode(source, declaredType, role);
        try {
            return registry.decode(bytes, declaredType);
        } catch (DecodingException refused) {
            throw unstorable(source, role, "does not survive a copy: " + refused.getMessage(), refused);
        }
    }

    private byte[] encode(Object source, Class<?> declaredType, String role) {
        try {
            return registry.encodeOpaque(source, declaredType);
        } catch (CodecException refused) {
            throw unstorable(source, role, "cannot be copied: " + refused.getMessage(), refused);
        }
    }

    private UnstorableValueException unstorable(Object source, String role, String why, RuntimeException cause) {
        String type = source.getClass().getName();
        return new UnstorableValueException(
                cacheName,
                source.getClass(),
                "Cache '" + cacheName + "' stores by value, but the " + role + " of class " + type + " " + why
                        + ". Make the class Serializable or a record of such types, or configure the cache with"
                        + " setStoreByValue(false).",
                cause);
    }
}
