package dev.hypercache.cluster;

import dev.hypercache.jcache.HyperCachingProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/**
 * A ring of two within a process, filled, worked with and left again before the process joins the ring that it is for.
 *
 * <p>All nodes of a test share the processors of one machine. What the start of a process takes from them, to load and compile its
 * code above all, would count as a pause of the ring that it joins; behind a rehearsal that is over.
 */
final class Rehearsal {

    /** The system property that asks for one: two addresses, parted by a comma. */
    static final String ADDRESSES = "test.rehearsal";

    /** What a process answers behind it. */
    static final String OVER = "rehearsed";

    /** What then lets it join. */
    static final String JOIN = "join";

    private static final int ENTRIES = 20_000;
    private static final int ENTRIES_OF_CALL = 500;

    private final List<String> addresses;

    private Rehearsal(List<String> addresses) {
        this.addresses = addresses;
    }

    /** Holds the one that was asked for, if one was; tells whether. */
    static boolean hold() {
        String addresses = System.getProperty(ADDRESSES);
        if (addresses == null) {
            return false;
        }
        new Rehearsal(List.of(addresses.split(","))).run();
        return true;
    }

    private void run() {
        List<HyperCachingProvider> providers = new ArrayList<>();
        try {
            for (int node = 0; node < addresses.size(); node++) {
                HyperCachingProvider provider = new HyperCachingProvider();
                providers.add(provider);
                work(manager(provider, node), node);
            }
        } finally {
            providers.forEach(HyperCachingProvider::close);
        }
    }

    private CacheManager manager(HyperCachingProvider provider, int node) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.cluster.name", "rehearsal");
        properties.setProperty("hypercache.node.name", "rehearsal" + node);
        properties.setProperty("hypercache.bind", addresses.get(node));
        properties.setProperty("hypercache.seeds", addresses.get(0));
        properties.setProperty("hypercache.request.timeout", "30s");
        properties.setProperty("hypercache.leave.timeout", "0s");
        return provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader(), properties);
    }

    private static void work(CacheManager manager, int node) {
        Cache<String, String> cache = manager.createCache("rehearsal", new MutableConfiguration<>());
        for (int from = 0; from < ENTRIES; from += ENTRIES_OF_CALL) {
            Map<String, String> some = new HashMap<>();
            IntStream.range(from, from + ENTRIES_OF_CALL).forEach(key -> some.put("key." + key, "value"));
            cache.putAll(some);
        }
        for (int key = node; key < ENTRIES; key += 10) {
            cache.remove("key." + key);
            cache.put("key." + key, "again");
        }
    }
}
