package dev.hypercache.runtime.call;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What the ring keeps of a cache besides its name, as the node said that defined it. Two that say the same are equal.
 *
 * @param attributes by {@link CacheTrait#key}; traits of the {@link CacheTrait#usual} value are absent
 */
public record CacheTraits(SortedMap<String, String> attributes) {

    /** Those of most caches. */
    public static final CacheTraits ORDERED = new CacheTraits(Collections.emptySortedMap());

    /** What a definition holds of one value; of a longer one it holds the beginning and a digest. */
    static final int LENGTH_MAX = 1_024;

    private static final String UNKNOWN = "unknown to this version";

    /** Keeps an unmodifiable copy, without what need not be said. */
    public CacheTraits {
        SortedMap<String, String> said = new TreeMap<>();
        attributes.forEach((key, value) -> said.put(key, bounded(value)));
        for (CacheTrait trait : CacheTrait.values()) {
            said.remove(trait.key(), trait.usual());
        }
        attributes = Collections.unmodifiableSortedMap(said);
    }

    /** These traits, and the usual value of every other. */
    public static CacheTraits of(Map<CacheTrait, String> traits) {
        SortedMap<String, String> attributes = new TreeMap<>();
        traits.forEach((trait, value) -> attributes.put(trait.key(), value));
        return new CacheTraits(attributes);
    }

    private static String bounded(String value) {
        if (value.length() <= LENGTH_MAX) {
            return value;
        }
        String digest =
                UUID.nameUUIDFromBytes(value.getBytes(StandardCharsets.UTF_8)).toString();
        return value.substring(0, LENGTH_MAX - digest.length() - 1) + "~" + digest;
    }

    /** What is said of a trait. */
    public String get(CacheTrait trait) {
        return attributes.getOrDefault(trait.key(), trait.usual());
    }

    /** Whether leaders order the cache's writes. */
    public boolean ordered() {
        return !get(CacheTrait.WRITE_LEVEL).equals(ConsistencyLevel.ONE.name());
    }

    /** Whether what is written is also handed to code of the application, which only its nodes have. */
    public boolean writesThrough() {
        return Boolean.parseBoolean(get(CacheTrait.WRITE_THROUGH));
    }

    /** What these traits, a node's own, say otherwise than the ring; in the order of {@link CacheTrait}, then by name. */
    public List<TraitDifference> differencesFrom(CacheTraits ring) {
        List<TraitDifference> differences = new ArrayList<>();
        TreeSet<String> others = new TreeSet<>(ring.attributes.keySet());
        for (CacheTrait trait : CacheTrait.values()) {
            others.remove(trait.key());
            if (!get(trait).equals(ring.get(trait))) {
                differences.add(new TraitDifference(
                        trait.key(), ring.get(trait), get(trait), trait.remedy(), trait.isShared()));
            }
        }
        for (String key : others) {
            String said = ring.attributes.getOrDefault(key, "");
            differences.add(new TraitDifference(key, said, UNKNOWN, "update this node", false));
        }
        return differences;
    }
}
