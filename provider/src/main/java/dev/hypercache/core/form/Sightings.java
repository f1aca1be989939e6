package dev.hypercache.core.form;

import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.spi.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who of the seeds has answered, and among how many nodes a majority must agree. */
final class Sightings {

    /** A card, and when it came. */
    record Sighting(Address at, SeedCard card, long heardMillis) {}

    private final NodeProfile self;
    private final boolean fixed;
    private final int expect;
    private final long livingMillis;
    private List<Address> listed = List.of();
    private final Map<Address, Sighting> seen = new HashMap<>();
    /** Names of which two processes live, and until when that counts. */
    private final Map<String, Long> twins = new HashMap<>();

    Sightings(NodeProfile self, boolean fixed, int expect, long livingMillis) {
        this.self = self;
        this.fixed = fixed;
        this.expect = expect;
        this.livingMillis = livingMillis;
    }

    void list(List<Address> seeds) {
        listed = List.copyOf(seeds);
        seen.keySet().retainAll(new HashSet<>(seeds));
    }

    /** The seeds that are to be asked: all but this node's own address. */
    List<Address> others() {
        return listed.stream().filter(seed -> !seed.equals(self.address())).toList();
    }

    boolean isListed(Address seed) {
        return listed.contains(seed);
    }

    @Nullable
    Sighting at(Address seed) {
        return seen.get(seed);
    }

    void heard(Address seed, SeedCard card, long nowMillis) {
        seen.put(seed, new Sighting(seed, card, nowMillis));
    }

    void twins(String name, long nowMillis) {
        twins.put(name, nowMillis + livingMillis);
    }

    Set<String> names() {
        Set<String> names = new HashSet<>();
        seen.values().forEach(sighting -> names.add(sighting.card().profile().name()));
        return names;
    }

    /** Whether this node is a seed itself: it stands in the list, or answered itself at an address of it. */
    boolean includesSelf(long nowMillis) {
        return listed.contains(self.address())
                || recent(nowMillis).stream()
                        .anyMatch(sighting -> sighting.card().profile().boot().equals(self.boot()));
    }

    private List<Sighting> recent(long nowMillis) {
        return seen.values().stream()
                .filter(sighting -> nowMillis - sighting.heardMillis() <= livingMillis)
                .toList();
    }

    /** The other seeds that answered a short time ago and are in no ring, by their names, in their newest lives. */
    Map<String, Sighting> living(long nowMillis) {
        twins.values().removeIf(until -> until < nowMillis);
        Map<String, Sighting> living = new TreeMap<>();
        for (Sighting sighting : recent(nowMillis)) {
            String name = sighting.card().profile().name();
            boolean counts = !name.equals(self.name())
                    && !twins.containsKey(name)
                    && sighting.card().founding() == null;
            if (counts) {
                living.merge(name, sighting, (one, two) -> one.heardMillis() >= two.heardMillis() ? one : two);
            }
        }
        return living;
    }

    /**
     * Among how many nodes a majority must agree. A silent address counts as a node of its own; of nodes that answer each counts once,
     * at however many addresses.
     */
    int size(long nowMillis) {
        if (fixed) {
            return Math.max(expect, listed.size());
        }
        Set<String> names = new HashSet<>();
        Set<Address> answering = new HashSet<>();
        for (Sighting sighting : recent(nowMillis)) {
            names.add(sighting.card().profile().name());
            answering.add(sighting.at());
        }
        if (listed.contains(self.address())) {
            names.add(self.name());
            answering.add(self.address());
        }
        long silent = listed.stream().filter(seed -> !answering.contains(seed)).count();
        return Math.max(expect, names.size() + (int) silent);
    }

    /** How many living seeds stand before this node, by their addresses. */
    int rank(long nowMillis) {
        return (int) living(nowMillis).values().stream()
                .map(sighting -> sighting.card().profile())
                .filter(other -> BY_ADDRESS.compare(other, self) < 0)
                .count();
    }

    /** The order in which seeds stand. */
    static final Comparator<NodeProfile> BY_ADDRESS =
            Comparator.comparing(NodeProfile::address).thenComparing(NodeProfile::name);

    /** The seeds that have not answered for a while. */
    List<Address> silent(long nowMillis) {
        List<Address> silent = new ArrayList<>(others());
        recent(nowMillis).forEach(sighting -> silent.remove(sighting.at()));
        return silent;
    }

    List<Address> listed() {
        return listed;
    }
}
