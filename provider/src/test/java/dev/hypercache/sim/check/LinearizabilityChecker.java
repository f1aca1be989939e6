package dev.hypercache.sim.check;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Says whether what the clients of one cache saw can be explained by one copy of the cache that served one operation at
 * a time, each between its invocation and its return.
 *
 * <p>Linearizability is local: a history is fine iff its part on each key is, so each key is searched by itself. The
 * cache starts empty, nothing expires and nothing is evicted unless the history says so.
 */
public final class LinearizabilityChecker {

    /** Enough for any history of some hundred operations per key that was seen so far, and a second at most. */
    public static final int CONFIGURATIONS_MAX = 200_000;

    private final int configurationsMax;

    public LinearizabilityChecker() {
        this(CONFIGURATIONS_MAX);
    }

    /** @param configurationsMax how many sets of operations the search may try for one key before it gives up */
    public LinearizabilityChecker(int configurationsMax) {
        this.configurationsMax = configurationsMax;
    }

    /**
     * Checks a history in any order.
     *
     * @return one finding for each key that is not proven fine; empty if the history is linearizable
     * @throws IllegalArgumentException if two events share a moment or two invocations an id
     */
    public List<Finding> check(List<Invocation> history) {
        requireNonNull(history, "history");
        requireUnique(history);
        Set<Object> keys = new LinkedHashSet<>();
        for (Invocation invocation : history) {
            if (invocation.action() instanceof Action.OnKey onKey) {
                keys.add(onKey.op().key());
            }
        }
        List<Finding> findings = new ArrayList<>();
        for (Object key : keys) {
            findings.addAll(checkKey(key, history));
        }
        return findings;
    }

    private List<Finding> checkKey(Object key, List<Invocation> history) {
        List<Invocation> concerned = new ArrayList<>();
        for (Invocation invocation : history) {
            if (invocation.action().concerns(key)) {
                concerned.add(invocation);
            }
        }
        concerned.sort(Comparator.comparingLong(Invocation::invokedAt));
        List<Invocation> effective = new ArrayList<>(concerned);
        effective.removeIf(Invocation::hasFailed);
        KeySearch search = new KeySearch(effective, configurationsMax);
        return switch (search.run()) {
            case FOUND -> List.of();
            case NONE -> List.of(new Explanation(concerned, search.obstacle()).violation(key));
            case UNDECIDED ->
                List.of(new Finding(
                        key,
                        Finding.Kind.UNDECIDED,
                        "gave up after " + configurationsMax + " configurations of " + effective.size() + " operations",
                        List.of()));
        };
    }

    private static void requireUnique(List<Invocation> history) {
        Set<Long> moments = new HashSet<>();
        Set<Long> ids = new HashSet<>();
        for (Invocation invocation : history) {
            boolean unique = ids.add(invocation.id()) & moments.add(invocation.invokedAt());
            // Giving up is no event: nothing follows from when it happened.
            if (!unique || !invocation.isOpen() && !moments.add(invocation.returnedAt())) {
                throw new IllegalArgumentException("an id or a moment is not unique: " + invocation);
            }
        }
    }
}
