package dev.hypercache.codec;

import dev.hypercache.spi.codec.CodecException;
import dev.hypercache.spi.codec.DecodingException;
import java.util.Arrays;

/** Copies for one cache what is not flat: by structure, else by encoding. Says what it refuses, and why. Immutable. */
final class DeepCopies {
    private final String cacheName;
    private final Class<?> keyType;
    private final Class<?> valueType;
    private final CodecRegistry registry;

    DeepCopies(String cacheName, Class<?> keyType, Class<?> valueType, CodecRegistry registry) {
        this.cacheName = cacheName;
        this.keyType = keyType;
        this.valueType = valueType;
        this.registry = registry;
    }

    Object handleOf(Object value) {
        Object copy = structuralCopy(value, "value");
        return copy != Copier.UNCOPYABLE ? copy : new EncodedValue(encode(value, valueType, "value"));
    }

    Object valueOf(Object handle) {
        if (handle instanceof EncodedValue encoded) {
            return registry.decode(encoded.bytes(), valueType);
        }
        Object copy = structuralCopy(handle, "value");
        return copy != Copier.UNCOPYABLE ? copy : roundTrip(handle, valueType, "value");
    }

    Object copyOfKey(Object key) {
        Object copy = structuralCopy(key, "key");
        return copy != Copier.UNCOPYABLE ? copy : roundTrip(key, keyType, "key");
    }

    /** For objects that are not equal: whether they are the same value nevertheless. */
    boolean sameValue(Object handle, Object valueOrHandle) {
        if (handle instanceof EncodedValue encoded) {
            return sameEncoded(encoded, valueOrHandle);
        }
        if (valueOrHandle instanceof EncodedValue) {
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

    long weighKey(Object key) {
        return weigh(key, keyType, "key");
    }

    long weighValue(Object handle) {
        return weigh(handle, valueType, "value");
    }

    private long weigh(Object object, Class<?> declaredType, String role) {
        Copiers copiers = registry.copiers();
        long structural = copiers.of(object).weigh(object, new CopyRun(copiers));
        // A key of a class without structure: its encoding is the best measure there is.
        return structural >= 0 ? structural : encode(object, declaredType, role).length;
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
