package dev.hypercache.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * A caller's claim on one key while its own code works on it.
 *
 * <p>A hold keeps callers from duelling; it does not make anything safe. What follows from it is applied on the condition
 * that the entry is still of the version that the holder saw.
 */
public interface Hold extends AutoCloseable {

    /** Whether the key was granted, as opposed to refused or served by somebody else's load. */
    boolean isGranted();

    /** Orders the holders of the key; null where only this process has any, or nobody orders them. */
    default @Nullable FencingToken token() {
        return null;
    }

    /** What somebody else's load of the key brought, null if this hold was not served that way. */
    @Nullable
    Loaded served();

    /** Gives the key back and shares what a load brought with those who wait to load the same key. */
    void release(@Nullable Loaded loaded);

    /** Gives the key back. */
    @Override
    default void close() {
        release(null);
    }
}
