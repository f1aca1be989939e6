package dev.hypercache.sim;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** How often the branches that matter were taken. */
final class Coverage {

    private final Map<String, Long> counts = new TreeMap<>();

    void count(String branch) {
        counts.merge(branch, 1L, Long::sum);
    }

    void add(Coverage other) {
        other.counts.forEach((branch, count) -> counts.merge(branch, count, Long::sum));
    }

    long of(String branch) {
        return counts.getOrDefault(branch, 0L);
    }

    /** The branches never taken. */
    TreeSet<String> missing(Iterable<String> expected) {
        TreeSet<String> missing = new TreeSet<>();
        for (String branch : expected) {
            if (of(branch) == 0) {
                missing.add(branch);
            }
        }
        return missing;
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
