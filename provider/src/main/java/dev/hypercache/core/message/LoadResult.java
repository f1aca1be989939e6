package dev.hypercache.core.message;

import org.jspecify.annotations.Nullable;

/**
 * What somebody's load brought, for those who wait to load the same key.
 *
 * @param state how it ended
 * @param value the value, or the bytes of a message for people about the failure; null if nothing was loaded
 */
public record LoadResult(State state, @Nullable Object value) {

    /** How a load ended. */
    public enum State {
        /** With a value. */
        LOADED,
        /** There is no value for the key. */
        NOTHING,
        /** The loader failed. */
        FAILED
    }
}
