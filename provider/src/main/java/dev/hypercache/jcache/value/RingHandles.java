package dev.hypercache.jcache.value;

import dev.hypercache.codec.CodecRegistry;
import dev.hypercache.codec.Handles;
import dev.hypercache.codec.KeyCodec;
import dev.hypercache.codec.UnstorableValueException;
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.spi.codec.EncodingException;
import java.util.Objects;

/**
 * The handles of a cache on a ring: keys are their canonical bytes, values their encoded ones.
 *
 * <p>Whatever goes in is encoded on the caller's thread and whatever comes out is decoded there, so no other node needs the
 * application's classes and nothing is ever shared. Safe for use by many threads.
 */
public final class RingHandles implements Handles {

    private final String cacheName;
    private final int cache;
    private final KeyCodec keys;
    private final CodecRegistry values;
    private final Class<?> valueType;

    /**
     * @param cache what the ring calls the cache
     */
    public RingHandles(String cacheName, int cache, CodecRegistry codecs, Class<?> keyType, Class<?> valueType) {
        this.cacheName = cacheName;
        this.cache = cache;
        this.keys = codecs.keys(keyType);
        this.values = codecs;
        this.valueType = valueType;
    }

    @Override
    public Object handleOf(Object value) {
        try {
            return ValueBytes.of(values.encode(value, valueType));
        } catch (EncodingException e) {
            throw unstorable("value", value, e);
        }
    }

    @Override
    public Object comparandOf(Object value) {
        return handleOf(value);
    }

    @Override
    public Object valueOf(Object handle) {
        return values.decode(((ValueBytes) handle).toBytes(), valueType);
    }

    @Override
    public Object keyHandleOf(Object key) {
        byte[] bytes;
        try {
            bytes = keys.encode(key);
        } catch (EncodingException e) {
            throw unstorable("key", key, e);
        }
        if (bytes.length > KeyBytes.LENGTH_MAX) {
            throw new UnstorableValueException(
                    cacheName,
                    key.getClass(),
                    "a key of " + bytes.length + " bytes for cache '" + cacheName + "': a key on a ring has at most "
                            + KeyBytes.LENGTH_MAX + ". Use a digest of it, or a shorter key",
                    null);
        }
        return KeyBytes.of(cache, bytes);
    }

    private UnstorableValueException unstorable(String role, Object refused, EncodingException cause) {
        return new UnstorableValueException(
                cacheName,
                refused.getClass(),
                "the " + role + " is a " + refused.getClass().getName() + ", which cache '" + cacheName
                        + "' of a ring cannot hold: " + cause.getMessage(),
                cause);
    }

    @Override
    public Object lookupOf(Object key) {
        return keyHandleOf(key);
    }

    @Override
    public Object keyOf(Object keyHandle) {
        return keys.decode(((KeyBytes) keyHandle).toBytes());
    }

    @Override
    public boolean sameValue(Object handle, Object valueOrHandle) {
        return handle.equals(valueOrHandle) || Objects.deepEquals(valueOf(handle), valueOf(valueOrHandle));
    }

    @Override
    public long weigh(Object keyHandle, Object valueHandle) {
        return (long) ((KeyBytes) keyHandle).length() + ((ValueBytes) valueHandle).length();
    }
}
