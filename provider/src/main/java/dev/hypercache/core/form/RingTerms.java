package dev.hypercache.core.form;

import dev.hypercache.core.control.RingSettings;
import dev.hypercache.spi.RingId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a node wants of its ring, and what all members of one must agree on: who wants something else is refused.
 *
 * @param cluster the cluster's name
 * @param slots the number of slots
 * @param hash what maps keys to slots
 * @param replicas how many replicas a slot has when there are members enough
 * @param agreed further settings, by their keys
 */
public record RingTerms(String cluster, int slots, String hash, int replicas, SortedMap<String, String> agreed) {

    /** What maps keys to slots in this version: XXH3, 64 bits, of the cache's id and the key's bytes. */
    public static final String KEY_HASH = "xxh3-64";

    private static final String CLUSTER = "hypercache.cluster.name";
    private static final String SLOTS = "hypercache.ring.slots";
    private static final String REPLICAS = "hypercache.replication.factor";
    private static final String HASH = "hash of keys";

    /**
     * Checks the ranges and keeps a copy.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public RingTerms {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(hash, "hash");
        // The same bounds as those of the ring that they become.
        RingSettings checked = new RingSettings(new RingId(new UUID(0, 0), 1), slots, replicas, agreed);
        agreed = checked.agreed();
    }

    /**
     * The terms of a ring.
     *
     * @param ring what was fixed when it was founded
     */
    public static RingTerms of(RingSettings ring) {
        SortedMap<String, String> further = new TreeMap<>(ring.agreed());
        String cluster = further.remove(CLUSTER);
        String hash = further.remove(HASH);
        return new RingTerms(
                cluster == null ? "" : cluster,
                ring.slots(),
                hash == null ? KEY_HASH : hash,
                ring.replicationFactor(),
                further);
    }

    /**
     * What a ring with these terms fixes.
     *
     * @param ring which ring
     */
    public RingSettings settings(RingId ring) {
        SortedMap<String, String> all = new TreeMap<>(agreed);
        all.put(CLUSTER, cluster);
        all.put(HASH, hash);
        return new RingSettings(ring, slots, replicas, all);
    }

    /**
     * What another one wants otherwise.
     *
     * @param other the other one's terms
     * @return for each difference a text with both values, such as {@code hypercache.ring.slots is 64 there and 1024 here}; empty if
     *     there is none
     */
    public List<String> differencesTo(RingTerms other) {
        SortedMap<String, String> here = texts();
        SortedMap<String, String> there = other.texts();
        SortedMap<String, String> keys = new TreeMap<>(here);
        keys.putAll(there);
        List<String> differences = new ArrayList<>();
        for (String key : keys.keySet()) {
            String mine = here.getOrDefault(key, "unset");
            String yours = there.getOrDefault(key, "unset");
            if (!mine.equals(yours)) {
                differences.add(key + " is " + yours + " there and " + mine + " here");
            }
        }
        return Collections.unmodifiableList(differences);
    }

    private SortedMap<String, String> texts() {
        SortedMap<String, String> texts = new TreeMap<>(agreed);
        texts.put(CLUSTER, cluster);
        texts.put(SLOTS, Integer.toString(slots));
        texts.put(HASH, hash);
        texts.put(REPLICAS, Integer.toString(replicas));
        return texts;
    }
}
