package dev.hypercache.core.message;

import org.jspecify.annotations.Nullable;

/**
 * Ends a hold or the wait for it.
 *
 * @param loaded what a load brought, for those who wait to load the same key
 */
public record ReleaseHold(
        int slot,
        long hold,
        long client,
        RecordKey name,
        @Nullable LoadResult loaded) implements Message {}
