package dev.hypercache.core.form;

import dev.hypercache.spi.Address;
import java.util.List;

/** Says what a node waits for, to people. */
final class FormingReport {

    private static final int SHOWN_MAX = 10;

    private final Sightings seeds;
    private final long nowMillis;

    FormingReport(Sightings seeds, long nowMillis) {
        this.seeds = seeds;
        this.nowMillis = nowMillis;
    }

    String text(int majority, boolean hearsMajority, boolean knowsRing) {
        int size = seeds.size(nowMillis);
        int heard = seeds.living(nowMillis).size() + (seeds.includesSelf(nowMillis) ? 1 : 0);
        if (knowsRing) {
            return "the ring that its seeds are in to admit it";
        }
        if (seeds.listed().isEmpty()) {
            return "its seeds: their source names none";
        }
        if (!seeds.includesSelf(nowMillis)) {
            return "a ring among its seeds " + shown(seeds.listed()) + ", which it is none of and founds none with"
                    + missing();
        }
        if (!hearsMajority) {
            return majority + " of " + size + " seeds, of which " + heard + " are up, itself included" + missing();
        }
        if (heard < size) {
            return "the other " + (size - heard) + " of " + size
                    + " seeds, before a majority founds the ring without them" + missing();
        }
        return "the founding of the ring: all " + size + " seeds are up";
    }

    private String missing() {
        List<Address> silent = seeds.silent(nowMillis);
        return silent.isEmpty() ? "" : ": " + shown(silent) + " did not answer";
    }

    private static String shown(List<Address> addresses) {
        int left = addresses.size() - SHOWN_MAX;
        return left <= 0 ? addresses.toString() : addresses.subList(0, SHOWN_MAX) + " and " + left + " more";
    }
}
