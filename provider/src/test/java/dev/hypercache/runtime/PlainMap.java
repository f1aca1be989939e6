package dev.hypercache.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the operations of a client mean, one after the other: the specification of Lincheck's tests. */
public final class PlainMap {

    private final Map<Integer, Object> map = new HashMap<>();

    public @Nullable Object get(int key) {
        return map.get(key);
    }

    public @Nullable Object read(int key) {
        return map.get(key);
    }

    public @Nullable Object put(int key, int value) {
        return map.put(key, value);
    }

    public boolean putIfAbsent(int key, int value) {
        return map.putIfAbsent(key, value) == null;
    }

    public @Nullable Object replace(int key, int value) {
        return map.replace(key, value);
    }

    public boolean replaceIfEqual(int key, int expected, int value) {
        return map.replace(key, expected, value);
    }

    public @Nullable Object remove(int key) {
        return map.remove(key);
    }

    public boolean removeIfEqual(int key, int expected) {
        return map.remove(key, expected);
    }

    public @Nullable Object addByVersion(int key) {
        return add(key);
    }

    public @Nullable Object addUnderHold(int key) {
        return add(key);
    }

    private @Nullable Object add(int key) {
        Object before = map.get(key);
        map.put(key, (int) Objects.requireNonNullElse(before, 0) + 10);
        return before;
    }
}
