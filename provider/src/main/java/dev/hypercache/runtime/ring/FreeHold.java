package dev.hypercache.runtime.ring;

import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.Loaded;
import org.jspecify.annotations.Nullable;

/**
 * A hold on a key of a cache that nobody orders, so that nobody can keep others from it either.
 *
 * <p>What callers do under it is applied on the condition that the entry is as they saw it, or else again.
 */
enum FreeHold implements Hold {
    INSTANCE;

    @Override
    public boolean isGranted() {
        return true;
    }

    @Override
    public @Nullable Loaded served() {
        return null;
    }

    @Override
    public void release(@Nullable Loaded loaded) {}
}
