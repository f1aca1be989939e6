package dev.hypercache.conformance;

import java.util.function.Consumer;
import javax.cache.Cache;

/**
 * One row of a table of the specification: an operation, and what must come of it.
 *
 * @param <E> what the table is about
 * @param operation the operation in words
 * @param present whether {@code key} holds {@code old} before
 * @param action the operation, on {@code key} unless it says otherwise
 * @param expected what must come of it
 */
record Row<E>(String operation, boolean present, Consumer<Cache<String, String>> action, E expected) {

    static <E> Row<E> onPresent(String operation, Consumer<Cache<String, String>> action, E expected) {
        return new Row<>(operation, true, action, expected);
    }

    static <E> Row<E> onAbsent(String operation, Consumer<Cache<String, String>> action, E expected) {
        return new Row<>(operation, false, action, expected);
    }

    /** Puts what the row wants to be there. */
    void prepare(Cache<String, String> cache) {
        if (present) {
            cache.put("key", "old");
        }
    }

    @Override
    public String toString() {
        return operation + (present ? " on a present key" : " on an absent key");
    }
}
