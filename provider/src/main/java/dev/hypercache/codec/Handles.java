package dev.hypercache.codec;

/**
 * Converts between what the application sees and what a cache holds.
 *
 * <p>A handle is a plain object without a wrapper: the value itself, an independent copy of it, or an {@link
 * EncodedValue}. Nobody outside this interface looks into it. Key handles of an embedded cache are always objects that
 * compare with {@code equals} and hash like the key they stand for, so a lookup uses the application's key directly and
 * converts nothing; on a ring keys and values are bytes.
 *
 * <p>Safe for use by many threads. By reference, every conversion returns its argument. By value (JSR-107 §4.1), what the
 * application puts in and what it gets out never share mutable state with what the cache holds.
 */
public interface Handles {
    /** What {@link #weigh} answers for objects of a class whose size it cannot estimate. */
    long UNKNOWN_WEIGHT = -1;

    /** The handles of a cache that stores by reference. */
    static Handles byReference() {
        return ReferenceHandles.INSTANCE;
    }

    /**
     * The handle under which a value is held.
     *
     * @throws UnstorableValueException if the cache stores by value and the value can be neither copied nor serialized
     */
    Object handleOf(Object value);

    /**
     * A value that the application may keep and change.
     *
     * @throws dev.hypercache.spi.codec.DecodingException if the held bytes cannot be decoded in this JVM
     */
    Object valueOf(Object handle);

    /**
     * The object under which a new entry is filed; equal to the key. Call it when an entry is created, not to look one up.
     *
     * @throws UnstorableValueException if the cache stores by value and the key can be neither copied nor serialized
     */
    Object keyHandleOf(Object key);

    /** The object to look a key up by. */
    default Object lookupOf(Object key) {
        return key;
    }

    /** What held values are compared with in place of a value that is not to be held. */
    default Object comparandOf(Object value) {
        return value;
    }

    /** A key that the application may keep and change. */
    Object keyOf(Object keyHandle);

    /**
     * Whether a held value is the one the application compares it with: {@code equals}, and in caches that store by value
     * also arrays of equal content and equal encoded bytes.
     *
     * @param handle a handle of this cache
     * @param valueOrHandle another handle of this cache, or a value as the application passed it
     */
    boolean sameValue(Object handle, Object valueOrHandle);

    /**
     * Estimates the heap bytes of a held key and value, without what the store adds per entry.
     *
     * @return bytes, at least 0, or {@link #UNKNOWN_WEIGHT} (always by reference for classes without a known size)
     */
    long weigh(Object keyHandle, Object valueHandle);
}
