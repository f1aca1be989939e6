package dev.hypercache.core.lead;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map in the order of insertion that nearly always holds one entry or none, as those do that each slot has of its own: then
 * it is no more than two fields, and no table has to be fetched. Confined to its slot.
 */
final class FewEntries<K, V> {

    /** The only entry; none if the others are in the map. */
    private @Nullable K onlyKey;

    private @Nullable V onlyValue;
    private Map<K, V> more = Map.of();

    @Nullable
    V get(K key) {
        if (onlyKey != null) {
            return onlyKey.equals(key) ? onlyValue : null;
        }
        return more.isEmpty() ? null : more.get(key);
    }

    boolean containsKey(K key) {
        return get(key) != null;
    }

    void put(K key, V value) {
        boolean isOnly = onlyKey == null ? more.isEmpty() : onlyKey.equals(key);
        if (isOnly) {
            onlyKey = onlyKey == null ? key : onlyKey;
            onlyValue = value;
        } else {
            spread().put(key, value);
        }
    }

    void remove(K key) {
        if (onlyKey == null) {
            if (!more.isEmpty()) {
                more.remove(key);
                more = more.isEmpty() ? Map.of() : more;
            }
        } else if (onlyKey.equals(key)) {
            onlyKey = null;
            onlyValue = null;
        }
    }

    /** All of it as a map to walk over, from which entries may be removed. */
    Map<K, V> asMap() {
        return isEmpty() ? Map.of() : spread();
    }

    private Map<K, V> spread() {
        K key = onlyKey;
        V value = onlyValue;
        if (more.isEmpty()) {
            more = new LinkedHashMap<>();
        }
        if (key != null && value != null) {
            more.put(key, value);
            onlyKey = null;
            onlyValue = null;
        }
        return more;
    }

    int size() {
        return onlyKey == null ? more.size() : 1;
    }

    boolean isEmpty() {
        return onlyKey == null && more.isEmpty();
    }

    void clear() {
        onlyKey = null;
        onlyValue = null;
        more = Map.of();
    }
}
