package dev.hypercache.discovery;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.discovery.SeedSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A fixed list of seeds, as {@code hypercache.seeds=host:port,host:port} gives it.
 *
 * <p>Immutable. Host names are resolved when a seed is dialled, not here.
 */
public final class StaticSeeds implements SeedSource {

    /** The most seeds in a list; a ring is entered through a handful. */
    public static final int SEEDS_MAX = 1_000;

    private final List<Address> seeds;

    private StaticSeeds(List<Address> seeds) {
        this.seeds = seeds;
    }

    /**
     * Reads a list of seeds.
     *
     * @param text {@code host:port} once or more, separated by commas, blanks around each allowed; IPv6 literals in
     *     brackets, {@code [::1]:7400}. At most {@value #SEEDS_MAX}. A repeated seed counts once
     * @return the seeds in the order given
     * @throws IllegalArgumentException if the list is empty or too long, or if an element has another form or port 0; the
     *     message names every such element
     */
    public static StaticSeeds parse(String text) {
        String[] elements = Objects.requireNonNull(text, "text").split(",", SEEDS_MAX + 1);
        if (elements.length > SEEDS_MAX) {
            throw new IllegalArgumentException("The list of seeds has more than " + SEEDS_MAX
                    + " elements: a few nodes suffice to enter a ring. Shorten it.");
        }
        List<Address> seeds = new ArrayList<>(elements.length);
        List<String> faults = new ArrayList<>();
        for (String element : elements) {
            read(element.trim(), seeds, faults);
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", faults));
        }
        return new StaticSeeds(List.copyOf(seeds));
    }

    private static void read(String element, List<Address> seeds, List<String> faults) {
        try {
            Address seed = Address.parse(element);
            if (seed.port() == 0) {
                faults.add(
                        "Seed \"" + element + "\" has port 0, which cannot be dialled. Give the port that it binds.");
            } else if (!seeds.contains(seed)) {
                seeds.add(seed);
            }
        } catch (IllegalArgumentException e) {
            faults.add(Objects.requireNonNullElse(e.getMessage(), element));
        }
    }

    @Override
    public List<Address> seeds() {
        return seeds;
    }

    @Override
    public boolean isFixed() {
        return true;
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Address seed : seeds) {
            text.append(text.length() == 0 ? "" : ",").append(seed);
        }
        return text.toString();
    }
}
