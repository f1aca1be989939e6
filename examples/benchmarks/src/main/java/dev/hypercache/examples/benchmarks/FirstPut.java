package dev.hypercache.examples.benchmarks;

import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/** Prints the microseconds from the start of {@code main} to the first put; started by {@link StartupTime}. */
final class FirstPut {
    private FirstPut() {}

    public static void main(String[] args) {
        long start = System.nanoTime();
        Cache<String, String> cache = Caching.getCachingProvider()
                .getCacheManager()
                .createCache("first", new MutableConfiguration<String, String>());
        cache.put("key", "value");
        long end = System.nanoTime();
        if (!"value".equals(cache.get("key"))) {
            throw new IllegalStateException("The value put first was not found: is the cache bounded by 0 entries?");
        }
        System.out.println((end - start) / 1_000);
    }
}
