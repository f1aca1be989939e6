package dev.hypercache.core.lead;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.hint.HintSet;
import dev.hypercache.core.hint.Room;
import dev.hypercache.core.record.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The names of which one follower is known to have missed versions: hints, and what a comparison found. Confined to its slot.
 */
final class Missed {

    private final HintSet<Version> hints;
    private final HintSet<Version> found;

    Missed(int member, HintLedger ledger) {
        this.hints = new HintSet<>(member, ledger, true);
        this.found = new HintSet<>(member, ledger, false);
    }

    /** A name was chosen without the follower; false if that exceeds a limit, and all hints were forgotten. */
    boolean hint(Object name, Version first, Version version, long keyBytes, long nowMillis) {
        return hints.add(name, first, version, keyBytes, nowMillis);
    }

    /** A comparison found that the follower lacks a version. */
    void found(Object name, Version first, Version version, long keyBytes, long nowMillis) {
        found.add(name, first, version, keyBytes, nowMillis);
    }

    /** A hint has another version now; false if there is none of the name. */
    boolean updateHint(Object name, Version version) {
        return hints.update(name, version);
    }

    /** A name has another version now; false if it is not kept here. */
    boolean update(Object name, Version version) {
        return hints.update(name, version) || found.update(name, version);
    }

    /** Of a name the follower may hold nothing from a version on. */
    void lower(Object name, Version first) {
        hints.lower(name, first);
        found.lower(name, first);
    }

    boolean contains(Object name) {
        return hints.contains(name) || found.contains(name);
    }

    /** The follower holds this version of a name or a later one. */
    void holds(Object name, Version version, Version above) {
        hints.holds(name, version, above);
        found.holds(name, version, above);
    }

    /** A version such that the follower holds everything below it; null if nothing is missing. */
    @Nullable
    Version lowest() {
        return lower(hints.lowest(), found.lowest());
    }

    /** The lower one of two, of which each may be none. */
    static @Nullable Version lower(@Nullable Version one, @Nullable Version other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Drops hints that are too old; tells whether any was. */
    boolean expire(long nowMillis) {
        return hints.expire(nowMillis);
    }

    /** Takes the names to send now, at most so many of each kind. */
    List<Object> due(int most, ToLongFunction<Object> bytes, Room room, long nowMillis) {
        List<Object> due = new ArrayList<>(hints.due(most, bytes, room, nowMillis));
        due.addAll(found.due(most, bytes, room, nowMillis));
        return due;
    }

    int size() {
        return hints.size() + found.size();
    }

    void forget() {
        hints.forget();
        found.forget();
    }
}
