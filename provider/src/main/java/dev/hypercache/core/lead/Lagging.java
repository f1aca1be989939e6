package dev.hypercache.core.lead;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one follower is not known to hold, by name: the leader sends the newest version of each again until it does.
 *
 * <p>Rewrites of one key are one name here, so a follower that was away for long is no burden that grows with the writes.
 * Bounded by {@link #NAMES_MAX}; beyond it everything is forgotten, and the follower is compared as a whole instead.
 * Confined to its slot.
 */
final class Lagging {

    /** The most names kept for one follower. */
    static final int NAMES_MAX = 100_000;

    /** How many names are sent again at once. */
    static final int BATCH_MAX = 64;

    /** Up to so many names the lowest version is looked for. */
    private static final int LOOK_MAX = 4_096;

    /** Below all that a leader writes: nothing is known to be covered. */
    private static final Version LOWEST = new Version(1, Version.BEFORE_ALL);

    private static final class Lag {
        Version version;
        /** The lowest version of the name that the follower is not known to hold. */
        Version first;

        long sentAtMillis;
        int tries;

        Lag(Version version, long sentAtMillis) {
            this.version = version;
            this.first = version;
            this.sentAtMillis = sentAtMillis;
        }
    }

    private final Map<Object, Lag> lags = new LinkedHashMap<>();
    private boolean overflowed;

    /** A version was sent, or has to be. */
    void sent(Object name, Version version, long nowMillis) {
        Lag lag = lags.get(name);
        if (lag != null) {
            lag.version = version;
            lag.sentAtMillis = nowMillis;
            lag.tries = 0;
        } else if (lags.size() < NAMES_MAX) {
            lags.put(name, new Lag(version, nowMillis));
        } else {
            lags.clear();
            overflowed = true;
        }
    }

    /** The follower holds this version of a name or a later one. */
    void holds(Object name, Version version) {
        Lag lag = lags.get(name);
        if (lag == null) {
            return;
        }
        if (version.compareTo(lag.version) >= 0) {
            lags.remove(name);
        } else if (version.compareTo(lag.first) >= 0) {
            lag.first = new Version(version.ballot(), version.sequence() + 1);
        }
    }

    /**
     * A version such that the follower holds everything below it; null if nothing is missing. A name that was written again
     * counts from the first of its versions that the follower lacks: it may hold none between that and the newest.
     */
    @Nullable
    Version lowest() {
        if (overflowed || lags.size() > LOOK_MAX) {
            return LOWEST;
        }
        Version lowest = null;
        for (Lag lag : lags.values()) {
            lowest = lowest == null || lag.first.compareTo(lowest) < 0 ? lag.first : lowest;
        }
        return lowest;
    }

    /** The names whose time to be sent again has come, at most {@link #BATCH_MAX}; each try waits twice as long. */
    List<Object> due(long firstMillis, long mostMillis, long nowMillis) {
        List<Object> due = new ArrayList<>();
        for (Map.Entry<Object, Lag> one : lags.entrySet()) {
            Lag lag = one.getValue();
            long wait = Math.min(mostMillis, firstMillis << Math.min(lag.tries, 8));
            if (nowMillis - lag.sentAtMillis >= wait) {
                lag.sentAtMillis = nowMillis;
                lag.tries++;
                due.add(one.getKey());
                if (due.size() == BATCH_MAX) {
                    break;
                }
            }
        }
        return due;
    }

    boolean isEmpty() {
        return lags.isEmpty();
    }

    int size() {
        return lags.size();
    }

    /** Whether names were forgotten since the last look, so that the follower must be compared as a whole. */
    boolean takeOverflow() {
        boolean taken = overflowed;
        overflowed = false;
        return taken;
    }

    /** Whether the name of a record, as opposed to a cache's clear. */
    static boolean isRecord(Object name) {
        return name instanceof RecordKey;
    }
}
