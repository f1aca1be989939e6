package dev.hypercache.core.leaderless;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.hint.HintSet;
import dev.hypercache.core.hint.Room;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.ring.KeyBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The records that one peer is not known to hold, by name; what is sent is always the newest version.
 *
 * <p>A name waits for its first answer, then it is a hint, kept within the limits of all hints of the node and sent as fast as
 * the peer takes it. What a comparison found is sent like hints and bounded by what the slot holds. When a limit is reached or
 * a hint is too old, the two must be compared. Confined to its slot.
 */
final class Missing {

    private static final long EXPIRE_MILLIS = 1_000;

    private final DirtySet<RecordKey> sent;
    private final HintSet<HybridVersion> hints;
    private final HintSet<HybridVersion> found;
    private long expiredAtMillis;

    /** @param sentMax the most names that wait for their first answer */
    Missing(int member, int sentMax, HintLedger ledger) {
        this.sent = new DirtySet<>(sentMax);
        this.hints = new HintSet<>(member, ledger, true);
        this.found = new HintSet<>(member, ledger, false);
    }

    /**
     * A version is sent now, or as soon as the peer is known.
     *
     * @return false if it cannot be remembered: the two must be compared
     */
    boolean sent(RecordKey name, HybridVersion version, long sentAtMillis) {
        return hints.update(name, version)
                || found.update(name, version)
                || sent.add(name, version, sentAtMillis, false);
    }

    /** A comparison found that the peer lacks a version. */
    void found(RecordKey name, HybridVersion version, long nowMillis) {
        if (!sent.contains(name) && !hints.update(name, version)) {
            found.add(name, version, version, KeyBytes.lengthOf(name.key()), nowMillis);
        }
    }

    /** What is missing got a lower version. */
    void renamed(RecordKey name, HybridVersion version) {
        sent.renamed(name, version);
        hints.update(name, version);
        found.update(name, version);
    }

    /** The peer holds this version of a name, or something newer. */
    void confirmed(RecordKey name, HybridVersion version) {
        sent.confirmed(name, version);
        hints.holds(name, version, version);
        found.holds(name, version, version);
    }

    /** A name need not be sent any more: a clear took it, which is sent itself, or the floor passed it. */
    void superseded(RecordKey name) {
        sent.remove(name);
        hints.superseded(name);
        found.superseded(name);
    }

    /**
     * Makes hints of what was sent at {@code sentBeforeMillis} or earlier and got no answer.
     *
     * @return false if some cannot be kept, or became too old: the two must be compared
     */
    boolean keep(long sentBeforeMillis, long nowMillis) {
        boolean isKept = true;
        for (RecordKey name; isKept && (name = sent.firstDue(sentBeforeMillis)) != null; ) {
            isKept =
                    hints.add(name, sent.oldestOf(name), sent.newestOf(name), KeyBytes.lengthOf(name.key()), nowMillis);
            sent.remove(name);
        }
        if (nowMillis - expiredAtMillis >= EXPIRE_MILLIS) {
            expiredAtMillis = nowMillis;
            isKept &= !hints.expire(nowMillis);
        }
        return isKept;
    }

    /**
     * Takes the names to send now, as fast as the peer takes them.
     *
     * @param bytes the size of what is sent for a name
     * @param room a further limit
     */
    List<RecordKey> drain(int most, ToLongFunction<RecordKey> bytes, Room room, long nowMillis) {
        List<RecordKey> due = new ArrayList<>();
        hints.due(most, name -> bytes.applyAsLong((RecordKey) name), room, nowMillis)
                .forEach(name -> due.add((RecordKey) name));
        found.due(most, name -> bytes.applyAsLong((RecordKey) name), room, nowMillis)
                .forEach(name -> due.add((RecordKey) name));
        return due;
    }

    /** Whether everything up to a version is confirmed. */
    boolean isClearUpTo(HybridVersion version) {
        return sent.isClearUpTo(version) && isAbove(hints.lowest(), version) && isAbove(found.lowest(), version);
    }

    private static boolean isAbove(@Nullable HybridVersion lowest, HybridVersion version) {
        return lowest == null || lowest.compareTo(version) > 0;
    }

    /** Whether what comparisons found is confirmed. */
    boolean isClearOfComparison() {
        return found.isEmpty();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    int size() {
        return sent.size() + hints.size() + found.size();
    }

    void forget() {
        sent.clear();
        hints.forget();
        found.forget();
    }

    @Override
    public String toString() {
        return sent.size() + " sent, " + hints.size() + " hints, " + found.size() + " found";
    }
}
