package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;
import org.jspecify.annotations.Nullable;

/**
 * Which clear of a cache a leader knew when it took the slot over: what it wrote rests on that.
 *
 * @param cache the cache's id
 * @param ballot of that leader
 * @param cleared the origin of the highest clear that it knew, null if it knew none
 */
public record ClearKnowledge(
        int cache, long ballot, @Nullable Version cleared) {}
