package dev.hypercache.core.control;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.spi.Payload;
import java.util.SortedMap;

/**
 * Creates a cache. The log gives it its id.
 *
 * @param name what applications call it
 * @param attributes what members must know of it
 * @param configuration what its users must share
 */
public record DefineCache(String name, SortedMap<String, String> attributes, Payload configuration)
        implements ControlCommand {

    /**
     * Checks the parts and keeps a copy.
     *
     * @throws IllegalArgumentException if a part is too long
     */
    public DefineCache {
        attributes = new CacheDefinition(1, name, attributes, configuration).attributes();
    }

    @Override
    public Applied applyTo(ControlState now) {
        if (now.ring() == null) {
            return now.refuse(Reason.NO_RING, "No cache can be created before the ring is founded.");
        }
        CacheDefinition existing = now.caches().cache(name);
        if (existing != null) {
            return now.refuse(Reason.CACHE_EXISTS, "Cache " + name + " exists with id " + existing.id() + ".");
        }
        CacheDefinition cache = now.caches().next(name, attributes, configuration);
        if (cache == null || now.caches().isFullFor(cache)) {
            return now.refuse(
                    Reason.CATALOG_FULL,
                    "Cache " + name + " does not fit: a ring holds " + ControlLimits.CACHES_MAX
                            + " caches, with definitions of " + ControlLimits.CACHES_BYTES_MAX + " bytes.");
        }
        return Applied.done(now.with(now.caches().with(cache)));
    }
}
