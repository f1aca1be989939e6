package dev.hypercache.examples.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.cache.Cache;
import javax.cache.CacheManager;

/** Fills one cache and prints how many bytes of heap each entry keeps alive; started by {@link HeapPerEntry}. */
final class HeapProbe {
    private static final int COLLECTIONS = 3;

    private HeapProbe() {}

    /** Arguments: provider, storage, number of entries. */
    public static void main(String[] args) {
        Provider provider = Provider.valueOf(args[0]);
        Storage storage = Storage.valueOf(args[1]);
        int entries = Integer.parseInt(args[2]);
        try (CacheManager manager = provider.openManager()) {
            Cache<String, byte[]> cache = manager.createCache("heap", provider.unbounded(storage));
            // Classes, pools and codecs that the first operation brings are no cost of an entry.
            cache.put("first", new byte[Workload.VALUE_BYTES]);
            cache.remove("first");
            long before = usedBytes();
            for (int i = 0; i < entries; i++) {
                cache.put("customer:" + i, new byte[Workload.VALUE_BYTES]);
            }
            long after = usedBytes();
            for (int i = 0; i < entries; i++) {
                if (!cache.containsKey("customer:" + i)) {
                    throw new IllegalStateException(provider + " lost customer:" + i + ": its cache is bounded");
                }
            }
            System.out.println((double) (after - before) / entries);
        }
    }

    private static long usedBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
