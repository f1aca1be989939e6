package dev.hypercache.jcache.process;

import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.through.ReadThrough;
import dev.hypercache.jcache.value.Values;
import java.util.Objects;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/**
 * The entry that a processor works on: it notes what the processor wants and changes nothing itself.
 *
 * <p>Confined to one run of one processor.
 */
final class ProcessorEntry<K, V> implements MutableEntry<K, V> {

    /** The net effect of what the processor did so far. */
    enum Effect {
        /** Nothing at all. */
        NONE,
        /** Read the value that was there. */
        ACCESS,
        /** Read a value that the loader brought. */
        LOAD,
        /** Set a value. */
        SET,
        /** Removed the entry, or asked for it where none was. */
        REMOVE,
        /** Set a value where none was, and removed it again. */
        DISCARD
    }

    private final K key;
    private final @Nullable StoredRecord seen;
    private final Values<K, V> values;
    private final @Nullable ReadThrough<K, V> readThrough;
    private @Nullable V present;
    private boolean decoded;
    private Effect effect = Effect.NONE;
    private @Nullable V value;
    /** The store has a value: a removal must reach it. */
    private boolean loaded;

    ProcessorEntry(K key, @Nullable StoredRecord seen, Values<K, V> values, @Nullable ReadThrough<K, V> readThrough) {
        this.key = key;
        this.seen = seen;
        this.values = values;
        this.readThrough = readThrough;
    }

    Effect effect() {
        return effect;
    }

    /** The value that was set or loaded. */
    V newValue() {
        return Objects.requireNonNull(value, "value");
    }

    @Override
    public K getKey() {
        return key;
    }

    @Override
    public boolean exists() {
        switch (effect) {
            case NONE:
                return present() != null;
            default:
                return value != null;
        }
    }

    @Override
    public @Nullable V getValue() {
        if (effect == Effect.NONE) {
            V present = present();
            if (present != null) {
                value = present;
                effect = Effect.ACCESS;
            } else if (readThrough != null) {
                value = readThrough.loadForProcessor(key);
                loaded = value != null;
                effect = loaded ? Effect.LOAD : Effect.NONE;
            }
        }
        return value;
    }

    /** The value that was there; one that cannot be decoded counts as absent. */
    private @Nullable V present() {
        if (!decoded) {
            present = values.value(seen);
            decoded = true;
        }
        return present;
    }

    @Override
    public void setValue(V newValue) {
        value = values.checkValue(newValue);
        effect = Effect.SET;
    }

    @Override
    public void remove() {
        boolean madeHere = seen == null && !loaded && effect == Effect.SET;
        effect = madeHere || effect == Effect.DISCARD ? Effect.DISCARD : Effect.REMOVE;
        value = null;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("a mutable entry cannot be unwrapped to " + type.getName() + "; it is a "
                + getClass().getName());
    }
}
