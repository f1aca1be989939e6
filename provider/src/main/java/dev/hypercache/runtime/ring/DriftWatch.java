package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.CacheCatalog;
import dev.hypercache.core.control.CacheDefinition;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.DefinedCache;
import dev.hypercache.runtime.call.TraitDifference;
import dev.hypercache.telemetry.NodeLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what this node says of the caches that are open on it with what the ring says, whenever either changes. Each field in
 * which they differ is logged once for each cache that is opened. Asks nobody, so it may be called under any lock. Safe for use by
 * any threads.
 */
final class DriftWatch {

    private final NodeLog log;

    /** One for each cache that is open, by whichever manager: bounded by what the application opens. */
    private final List<Claim> claims = new ArrayList<>();

    /** The fields of all claims that differ; read without the lock. */
    private volatile int fields;

    /** What a manager of this node says of a cache. */
    private static final class Claim {
        final String name;
        final int id;
        final CacheTraits traits;
        final Set<String> told = new HashSet<>();
        List<TraitDifference> differences = List.of();

        Claim(String name, int id, CacheTraits traits) {
            this.name = name;
            this.id = id;
            this.traits = traits;
        }
    }

    DriftWatch(NodeLog log) {
        this.log = log;
    }

    /** A manager of this node has a cache open from now on. */
    synchronized void joined(String name, int id, CacheTraits traits, CacheCatalog caches) {
        Claim claim = new Claim(name, id, traits);
        claims.add(claim);
        compare(claim, caches);
        count();
    }

    /** Forgets one claim, if there is one. */
    synchronized void quit(int id, CacheTraits traits) {
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            if (claim.id == id && claim.traits.equals(traits)) {
                claims.remove(i);
                break;
            }
        }
        count();
    }

    /** Whether some manager of this node has the cache open. */
    synchronized boolean isOpen(int id) {
        return claims.stream().anyMatch(claim -> claim.id == id);
    }

    /** The ring's definitions are these now. */
    synchronized void changed(CacheCatalog caches) {
        claims.forEach(claim -> compare(claim, caches));
        count();
    }

    private void compare(Claim claim, CacheCatalog caches) {
        claim.differences = differences(claim, caches);
        for (TraitDifference difference : claim.differences) {
            if (claim.told.add(difference.field())) {
                log.forCache(DefinedCache.cacheNameOf(claim.name))
                        .warn("drift")
                        .log("The configuration differs: {}.", difference);
            }
        }
    }

    private static List<TraitDifference> differences(Claim claim, CacheCatalog caches) {
        CacheDefinition ring = caches.cache(claim.id);
        if (ring != null) {
            return claim.traits.differencesFrom(new CacheTraits(ring.attributes()));
        }
        CacheDefinition next = caches.cache(claim.name);
        String onRing = next == null ? "none, for another node destroyed the cache" : String.valueOf(next.id());
        return List.of(new TraitDifference(
                "id", onRing, String.valueOf(claim.id), "close the cache on this node and create it again", true));
    }

    private void count() {
        fields = claims.stream().mapToInt(claim -> claim.differences.size()).sum();
    }

    /** How many fields differ, summed over the caches that are open here. */
    int fields() {
        return fields;
    }

    /** In what this node differs from the ring for a cache; of several managers each field once. */
    synchronized List<TraitDifference> differences(int id) {
        Set<TraitDifference> differences =
                new TreeSet<>(Comparator.comparing(TraitDifference::field).thenComparing(TraitDifference::here));
        for (Claim claim : claims) {
            if (claim.id == id) {
                differences.addAll(claim.differences);
            }
        }
        return List.copyOf(differences);
    }
}
