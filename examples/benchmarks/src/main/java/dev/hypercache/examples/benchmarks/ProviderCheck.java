package dev.hypercache.examples.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import javax.cache.Cache;
import javax.cache.CacheManager;

/**
 * How a provider treats what the benchmarks give it, so that a row compares like with like or is known not to.
 *
 * @param text one line: whether copies are made, how arrays are compared, how many of the entries are kept
 * @param replacesEqualCopies whether {@code replace(key, old, new)} by value finds the array that was put
 */
record ProviderCheck(String text, boolean replacesEqualCopies) {

    static ProviderCheck of(Provider provider) {
        Workload workload = Workload.of(CacheOperations.KEY_COUNT);
        try (CacheManager manager = provider.openManager()) {
            Cache<String, byte[]> byValue = manager.createCache("by-value", provider.unbounded(Storage.VALUE));
            Cache<String, byte[]> byReference =
                    manager.createCache("by-reference", provider.unbounded(Storage.REFERENCE));
            String key = workload.keys()[0];
            byte[] value = workload.values()[0];
            byValue.put(key, value);
            byReference.put(key, value);
            boolean replaces = byValue.replace(key, value, value);
            String text = String.format(
                    Locale.ROOT,
                    "%-10s by value: %s, replace(k, old, new) answers %s; by reference: %s, answers %s; keeps %d of %d entries",
                    provider.label(),
                    copies(byValue, key, value),
                    replaces,
                    copies(byReference, key, value),
                    byReference.replace(key, value, value),
                    kept(byReference, workload),
                    CacheOperations.KEY_COUNT);
            manager.destroyCache("by-value");
            manager.destroyCache("by-reference");
            return new ProviderCheck(text, replaces);
        }
    }

    private static String copies(Cache<String, byte[]> cache, String key, byte[] value) {
        byte[] found = cache.get(key);
        if (found == value) {
            return "the same array";
        }
        return Arrays.equals(found, value) ? "a copy" : "SOMETHING ELSE";
    }

    private static int kept(Cache<String, byte[]> cache, Workload workload) {
        for (int i = 0; i < workload.keys().length; i++) {
            cache.put(workload.keys()[i], workload.values()[i]);
        }
        int count = 0;
        for (String key : workload.keys()) {
            count += cache.containsKey(key) ? 1 : 0;
        }
        return count;
    }
}
