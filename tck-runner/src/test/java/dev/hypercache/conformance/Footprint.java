package dev.hypercache.conformance;

import java.util.HashSet;
import java.util.Set;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/** Lists the providers and asks for a manager in a JVM of its own, and prints the threads that this started. */
final class Footprint {

    private Footprint() {}

    public static void main(String[] arguments) {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        int providers = 0;
        for (CachingProvider provider : Caching.getCachingProviders()) {
            providers += provider.getDefaultURI() == null ? 0 : 1;
        }
        CacheManager manager = Caching.getCachingProvider().getCacheManager();
        Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
        after.removeAll(before);
        after.removeIf(thread -> thread.getName().equals("Common-Cleaner"));
        System.out.println("providers=" + providers + " open=" + !manager.isClosed() + " threads=" + after);
    }
}
