package dev.hypercache.codec;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Copies the maps of the JDK, keeping their kind and order. Maps with mutable keys are left to serialization. */
final class MapCopiers {
    private MapCopiers() {}

    /** Replaces each value by its copy; false if a key is mutable or a value uncopyable. */
    private static boolean copyEntries(Map<?, @Nullable Object> map, CopyRun run) {
        for (Map.Entry<?, @Nullable Object> entry : map.entrySet()) {
            Object key = entry.getKey();
            Object value = entry.getValue();
            Object copy = run.copy(value);
            if (copy == Copier.UNCOPYABLE || run.copy(key) != key) {
                return false;
            }
            if (copy != value) {
                entry.setValue(copy);
            }
        }
        return true;
    }

    /** Maps are weighed as a table of entries. */
    abstract static class Maps extends Copier {
        @Override
        final long weigh(Object object, CopyRun run) {
            Map<?, ?> map = (Map<?, ?>) object;
            long keys = run.weighAll(64 + 48L * map.size(), map.keySet());
            return keys < 0 ? keys : run.weighAll(keys, map.values());
        }
    }

    /** Maps with a shallow {@code clone}, which also keeps a LinkedHashMap's choice of order. */
    static final class Cloned extends Maps {
        @Override
        Object copy(Object source, CopyRun run) {
            Map<?, @Nullable Object> copy = cloneOf(source);
            return copy != null && copyEntries(copy, run) ? copy : UNCOPYABLE;
        }

        @SuppressWarnings("unchecked")
        private static @Nullable Map<?, @Nullable Object> cloneOf(Object source) {
            if (source instanceof HashMap<?, ?> map) {
                return (Map<?, @Nullable Object>) map.clone();
            }
            if (source instanceof TreeMap<?, ?> map) {
                return map.comparator() == null ? (Map<?, @Nullable Object>) map.clone() : null;
            }
            return (Map<?, @Nullable Object>) (Map<?, ?>) ((EnumMap<?, ?>) source).clone();
        }
    }

    static final class Concurrent extends Maps {
        @Override
        Object copy(Object source, CopyRun run) {
            Map<?, @Nullable Object> copy = new ConcurrentHashMap<Object, @Nullable Object>((Map<?, ?>) source);
            return copyEntries(copy, run) ? copy : UNCOPYABLE;
        }
    }

    /** {@code Map.of} and {@link Collections#singletonMap}: shared if all keys and values are. */
    static final class Immutable extends Maps {
        @Override
        Object copy(Object source, CopyRun run) {
            Map<?, ?> map = (Map<?, ?>) source;
            Map<Object, @Nullable Object> copy = new HashMap<>(map);
            if (!copyEntries(copy, run)) {
                return UNCOPYABLE;
            }
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (copy.get(entry.getKey()) != entry.getValue()) {
                    // Only a singleton can have a null key, and it stays one.
                    return copy.containsKey(null) ? Collections.singletonMap(null, copy.get(null)) : Map.copyOf(copy);
                }
            }
            return source;
        }
    }
}
