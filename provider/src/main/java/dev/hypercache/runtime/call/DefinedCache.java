package dev.hypercache.runtime.call;

import java.util.List;

/**
 * A cache that the ring has, whether it is open on this node or not.
 *
 * @param name its name, unique in the ring: what nodes call its manager, {@value #SEPARATOR}, its name in there
 * @param id what the ring calls it; a cache that is destroyed and created again has another
 * @param traits what its definition says
 * @param users the names of the members that have it open; if there are none, whoever comes next may define it anew
 */
public record DefinedCache(String name, int id, CacheTraits traits, List<String> users) {

    /** Stands between the URI of a manager and the name of a cache. */
    public static final String SEPARATOR = "#";

    /** Keeps an unmodifiable copy. */
    public DefinedCache {
        users = List.copyOf(users);
    }

    /** The name in the ring of a manager's cache. */
    public static String nameOf(String managerName, String cacheName) {
        return managerName + SEPARATOR + cacheName;
    }

    /** The URI that means the manager of the cache on every node. */
    public String managerUri() {
        return name.substring(0, Math.max(0, name.indexOf(SEPARATOR)));
    }

    /** What its manager calls it. */
    public String cacheName() {
        return cacheNameOf(name);
    }

    /** What its manager calls the cache of a name in the ring. */
    public static String cacheNameOf(String name) {
        return name.substring(name.indexOf(SEPARATOR) + 1);
    }
}
