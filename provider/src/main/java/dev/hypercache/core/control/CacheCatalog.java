package dev.hypercache.core.control;

import dev.hypercache.spi.Payload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The caches of a ring. Ids are counted and never come back, so records of a dropped cache belong to nobody. Immutable. */
public final class CacheCatalog {

    /** No cache yet. */
    public static final CacheCatalog EMPTY = new CacheCatalog(List.of(), 0);

    private final Map<Integer, CacheDefinition> byId;
    private final Map<String, CacheDefinition> byName;
    private final int lastId;
    private final long bytes;

    /**
     * Rebuilds a catalog.
     *
     * @throws IllegalArgumentException if two caches share an id or a name, or an id is beyond the last
     */
    CacheCatalog(Collection<CacheDefinition> caches, int lastId) {
        Map<Integer, CacheDefinition> byId = new TreeMap<>();
        Map<String, CacheDefinition> byName = new HashMap<>();
        long bytes = 0;
        for (CacheDefinition cache : caches) {
            ControlLimits.checkRange("id of cache " + cache.name(), cache.id(), 1, lastId);
            CacheDefinition sameId = byId.put(cache.id(), cache);
            CacheDefinition sameName = byName.put(cache.name(), cache);
            if (sameId != null || sameName != null) {
                throw new IllegalArgumentException(
                        "cache " + cache.name() + " with id " + cache.id() + ": another cache has that id or name.");
            }
            bytes += cache.bytesAtMost();
        }
        this.byId = Collections.unmodifiableMap(byId);
        this.byName = Collections.unmodifiableMap(byName);
        this.lastId = lastId;
        this.bytes = bytes;
    }

    /** The caches by ascending id. */
    public Collection<CacheDefinition> caches() {
        return byId.values();
    }

    /** The cache that records and messages call so, or null. */
    public @Nullable CacheDefinition cache(int id) {
        return byId.get(id);
    }

    /** The cache that applications call so, or null. */
    public @Nullable CacheDefinition cache(String name) {
        return byName.get(name);
    }

    /** Whether a cache was called so that the ring has dropped; its id is never used again. */
    public boolean wasDropped(int id) {
        return id <= lastId && !byId.containsKey(id);
    }

    int lastId() {
        return lastId;
    }

    /** Whether a definition would go beyond what a ring holds. */
    boolean isFullFor(CacheDefinition cache) {
        CacheDefinition former = byId.get(cache.id());
        int others = former == null ? byId.size() : byId.size() - 1;
        long bytesOfOthers = former == null ? bytes : bytes - former.bytesAtMost();
        return others >= ControlLimits.CACHES_MAX
                || bytesOfOthers + cache.bytesAtMost() > ControlLimits.CACHES_BYTES_MAX;
    }

    /** The definition that a cache would get, or null if no id is left. */
    @Nullable
    CacheDefinition next(String name, SortedMap<String, String> attributes, Payload configuration) {
        return lastId == Integer.MAX_VALUE ? null : new CacheDefinition(lastId + 1, name, attributes, configuration);
    }

    CacheCatalog with(CacheDefinition cache) {
        List<CacheDefinition> caches = new ArrayList<>(caches());
        caches.add(cache);
        return new CacheCatalog(caches, cache.id());
    }

    /** With another definition under the same id. */
    CacheCatalog replacing(CacheDefinition cache) {
        List<CacheDefinition> caches = new ArrayList<>(caches());
        caches.replaceAll(present -> present.id() == cache.id() ? cache : present);
        return new CacheCatalog(caches, lastId);
    }

    /** Without uses by whoever is no member. */
    CacheCatalog usedWithin(Roster members) {
        if (byId.values().stream().allMatch(cache -> members.containsAll(cache.users()))) {
            return this;
        }
        List<CacheDefinition> caches = new ArrayList<>(caches());
        caches.replaceAll(cache -> cache.usedBy(members.among(cache.users())));
        return new CacheCatalog(caches, lastId);
    }

    CacheCatalog without(CacheDefinition cache) {
        List<CacheDefinition> caches = new ArrayList<>(caches());
        caches.remove(cache);
        return new CacheCatalog(caches, lastId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheCatalog catalog && byId.equals(catalog.byId) && lastId == catalog.lastId;
    }

    @Override
    public int hashCode() {
        return Objects.hash(byId, lastId);
    }

    @Override
    public String toString() {
        return caches().toString();
    }
}
