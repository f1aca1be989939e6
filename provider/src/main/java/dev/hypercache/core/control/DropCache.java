package dev.hypercache.core.control;

/**
 * Destroys a cache.
 *
 * @param id its id: a cache created under the same name since is not meant
 */
public record DropCache(int id) implements ControlCommand {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the id is below 1
     */
    public DropCache {
        ControlLimits.checkRange("cache id", id, 1, Integer.MAX_VALUE);
    }

    @Override
    public Applied applyTo(ControlState now) {
        CacheDefinition cache = now.caches().cache(id);
        if (cache == null) {
            return now.refuse(Refusal.Reason.NO_SUCH_CACHE, "No cache has the id " + id + ".");
        }
        return Applied.done(now.with(now.caches().without(cache)));
    }
}
