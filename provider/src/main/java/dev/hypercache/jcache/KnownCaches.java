package dev.hypercache.jcache;

import dev.hypercache.runtime.call.DefinedCache;
import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.runtime.call.RingNode;
import java.util.ArrayList;
import java.util.List;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The caches that other nodes of the ring have open in the manager of one name.
 *
 * <p>Those count that this manager could open by what the ring says of them: whoever is told a name can get the cache. A cache
 * that needs code of an application, or classes that are not known here, has to be created here first. If the ring does not answer,
 * what this node knows counts.
 *
 * @param node this node
 * @param manager by what name nodes mean the manager
 * @param loader knows the classes of keys and values; null if it is gone
 */
record KnownCaches(RingNode node, String manager, @Nullable ClassLoader loader) {

    /** The names of the caches that could be opened. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (DefinedCache cache : defined()) {
            String name = cache.name().startsWith(manager + DefinedCache.SEPARATOR)
                    ? cache.name().substring(manager.length() + 1)
                    : null;
            if (name != null && isOpenable(cache)) {
                names.add(name);
            }
        }
        return names;
    }

    /** A configuration to open a cache with; null if there is no such cache, or none that could be opened. */
    @Nullable
    MutableConfiguration<Object, Object> configuration(String cacheName) {
        String name = DefinedCache.nameOf(manager, cacheName);
        for (DefinedCache cache : defined()) {
            if (cache.name().equals(name) && isOpenable(cache)) {
                return CacheStatement.configuration(cache, loader);
            }
        }
        return null;
    }

    private boolean isOpenable(DefinedCache cache) {
        return !cache.users().isEmpty() && CacheStatement.configuration(cache, loader) != null;
    }

    private List<DefinedCache> defined() {
        try {
            return node.definitions().confirmed();
        } catch (RequestFailedException unanswered) {
            return node.definitions().known();
        }
    }
}
