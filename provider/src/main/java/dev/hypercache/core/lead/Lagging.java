package dev.hypercache.core.lead;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.hint.Room;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.KeyBytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one follower is not known to hold, by name: the leader sends the newest version of each again until it does.
 *
 * <p>What nobody knows to be chosen yet is sent again without regard, for operations wait for it. What is chosen without this
 * follower is a hint: it is kept within limits, and sent as fast as the follower takes it. What a comparison found to be missing
 * is sent like hints, and bounded by what the slot holds. When a limit is reached everything is forgotten, and the follower is
 * compared as a whole instead. Confined to its slot.
 */
final class Lagging {

    /** The most names under way to one follower. */
    static final int NAMES_MAX = 100_000;

    /** How many names are sent again at once. */
    static final int BATCH_MAX = 64;

    /** How many missed names are sent at once, as far as the follower's window has room for their bytes. */
    static final int DRAINED_MAX = 512;

    /** Up to so many names the lowest version is looked for. */
    private static final int LOOK_MAX = 4_096;

    private static final long EXPIRE_MILLIS = 1_000;

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

    private final FewEntries<Object, Lag> lags = new FewEntries<>();
    private final int member;
    private final HintLedger ledger;
    /** Null as long as nothing is in it: mostly so, and then each name that is sent or held would visit four empty maps. */
    private @Nullable Missed missed;

    private boolean overflowed;
    private long expiredAtMillis;

    Lagging(int member, HintLedger ledger) {
        this.member = member;
        this.ledger = ledger;
    }

    private Missed ownMissed() {
        Missed own = missed;
        if (own == null) {
            own = new Missed(member, ledger);
            missed = own;
        }
        return own;
    }

    int member() {
        return member;
    }

    /** A version was sent. */
    void sent(Object name, Version version, long nowMillis) {
        if (missed != null && missed.update(name, version)) {
            return;
        }
        Lag lag = lags.get(name);
        if (lag != null) {
            lag.version = version;
            lag.sentAtMillis = nowMillis;
            lag.tries = 0;
        } else if (lags.size() < NAMES_MAX) {
            lags.put(name, new Lag(version, nowMillis));
        } else {
            overflow();
        }
    }

    private void overflow() {
        forget();
        overflowed = true;
    }

    /** A comparison found that the follower lacks a version; nobody knows which versions before it lacks, too. */
    void lacks(Object name, Version version, long nowMillis) {
        boolean isKnown = lags.containsKey(name) || (missed != null && missed.updateHint(name, version));
        if (isKnown) {
            lacksAllOf(name);
        } else {
            ownMissed().found(name, LOWEST, version, keyBytes(name), nowMillis);
        }
    }

    /**
     * Of a name on its way the follower may hold none of the versions before: the floor must not pass these, or a follower that
     * holds nothing would take them for deleted.
     */
    void lacksAllOf(Object name) {
        Lag lag = lags.get(name);
        if (lag != null) {
            lag.first = LOWEST;
        }
        if (missed != null) {
            missed.lower(name, LOWEST);
        }
    }

    private static long keyBytes(Object name) {
        return name instanceof RecordKey key ? KeyBytes.lengthOf(key.key()) : 0;
    }

    /** Whether the newest version of a name is on its way, or has to be sent. */
    boolean contains(Object name) {
        return lags.containsKey(name) || (missed != null && missed.contains(name));
    }

    /** The follower holds this version of a name or a later one. */
    void holds(Object name, Version version) {
        Version above = new Version(version.ballot(), Math.max(version.sequence(), version.sequence() + 1));
        if (missed != null) {
            missed.holds(name, version, above);
        }
        Lag lag = lags.get(name);
        if (lag == null) {
            return;
        }
        if (version.compareTo(lag.version) >= 0) {
            lags.remove(name);
        } else if (version.compareTo(lag.first) >= 0) {
            lag.first = above;
        }
    }

    /**
     * A version such that the follower holds everything below it; null if nothing is missing. A name that was written again
     * counts from the first of its versions that the follower lacks: it may hold none between that and the newest.
     */
    @Nullable
    Version lowest() {
        if (overflowed || size() > LOOK_MAX) {
            return LOWEST;
        }
        Version lowest = missed == null ? null : missed.lowest();
        for (Lag lag : lags.asMap().values()) {
            lowest = Missed.lower(lowest, lag.first);
        }
        return lowest;
    }

    /**
     * The names whose time to be sent again has come, at most {@link #BATCH_MAX}; each try waits twice as long. Those that are
     * chosen meanwhile become hints.
     *
     * @param isOpen whether a name is proposed and not known to be chosen
     */
    List<Object> due(Resend pace, Predicate<Object> isOpen, long nowMillis) {
        if (lags.isEmpty()) {
            return List.of();
        }
        List<Object> due = new ArrayList<>();
        Iterator<Map.Entry<Object, Lag>> each = lags.asMap().entrySet().iterator();
        while (each.hasNext() && due.size() < BATCH_MAX) {
            Map.Entry<Object, Lag> one = each.next();
            Lag lag = one.getValue();
            if (nowMillis - lag.sentAtMillis < pace.waitAfter(lag.tries)) {
                continue;
            }
            if (isOpen.test(one.getKey())) {
                lag.sentAtMillis = nowMillis;
                lag.tries++;
                due.add(one.getKey());
            } else {
                each.remove();
                if (!ownMissed().hint(one.getKey(), lag.first, lag.version, keyBytes(one.getKey()), nowMillis)) {
                    overflow();
                    return List.of();
                }
            }
        }
        return due;
    }

    /** How long to wait for an answer before something is sent again. */
    record Resend(long firstMillis, long mostMillis) {

        long waitAfter(int tries) {
            return Math.min(mostMillis, firstMillis << Math.min(tries, 8));
        }
    }

    /**
     * Takes the names of what the follower missed, as fast as it takes them.
     *
     * @param bytes the size of what is sent for a name
     * @param room a further limit
     */
    List<Object> drain(ToLongFunction<Object> bytes, Room room, long nowMillis) {
        boolean isTurn = nowMillis - expiredAtMillis >= EXPIRE_MILLIS;
        expiredAtMillis = isTurn ? nowMillis : expiredAtMillis;
        if (missed == null) {
            return List.of();
        }
        overflowed |= isTurn && missed.expire(nowMillis);
        if (missed.size() == 0) {
            missed = null;
            return List.of();
        }
        return missed.due(DRAINED_MAX, bytes, room, nowMillis);
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Whether the follower missed anything that it does not hold yet. */
    boolean hasMissed() {
        return missed != null;
    }

    /** Whether the follower lacks nothing but what is on its way to everybody. */
    boolean isCaughtUp() {
        return !overflowed && (missed == null || missed.size() == 0);
    }

    int size() {
        return lags.size() + (missed == null ? 0 : missed.size());
    }

    /** Forgets all. */
    void forget() {
        lags.clear();
        if (missed != null) {
            missed.forget();
            missed = null;
        }
    }

    /** Whether names were forgotten since the last look, so that the follower must be compared as a whole. */
    boolean takeOverflow() {
        boolean taken = overflowed;
        overflowed = false;
        return taken;
    }
}
