package dev.hypercache.core.leaderless;

import dev.hypercache.core.record.HybridVersion;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a peer has not confirmed to hold: names only, since what is sent is always the newest version.
 *
 * <p>Bounded: beyond {@code max} names nothing is remembered any more, and whoever asks learns that the two must be compared.
 *
 * @param <N> what names a thing
 */
final class DirtySet<N> {

    /** Not sent yet. */
    static final long NEVER = Long.MIN_VALUE / 2;

    /** One name: which versions are missing, from the oldest to the newest, and when it was sent last. */
    static final class Mark {
        /** Until the newest is confirmed, nobody may think that the peer had this one. */
        private HybridVersion oldest;

        private final boolean compared;
        private HybridVersion newest;
        private long sentAtMillis;

        Mark(HybridVersion version, long sentAtMillis, boolean compared) {
            this.oldest = version;
            this.newest = version;
            this.sentAtMillis = sentAtMillis;
            this.compared = compared;
        }
    }

    private final int max;
    private final Map<N, Mark> marks = new LinkedHashMap<>();
    private int compared;

    DirtySet(int max) {
        this.max = max;
    }

    /**
     * The peer misses a version.
     *
     * @param ofComparison whether a comparison said so
     * @return false if there is no room for its name
     */
    boolean add(N name, HybridVersion version, long sentAtMillis, boolean ofComparison) {
        Mark known = marks.get(name);
        if (known != null) {
            known.newest = known.newest.orLater(version);
            known.sentAtMillis = sentAtMillis;
            marks.remove(name);
            marks.put(name, known);
            return true;
        }
        if (marks.size() >= max) {
            return false;
        }
        marks.put(name, new Mark(version, sentAtMillis, ofComparison));
        compared += ofComparison ? 1 : 0;
        return true;
    }

    /** What was missing got a lower version. */
    void renamed(N name, HybridVersion version) {
        Mark known = marks.get(name);
        if (known != null) {
            known.newest = version;
            known.oldest = known.oldest.compareTo(version) <= 0 ? known.oldest : version;
        }
    }

    /** The peer holds this version of a name, or something newer. */
    void confirmed(N name, HybridVersion version) {
        Mark known = marks.get(name);
        if (known != null && known.newest.compareTo(version) <= 0) {
            remove(name);
        }
    }

    void remove(N name) {
        Mark gone = marks.remove(name);
        compared -= gone != null && gone.compared ? 1 : 0;
    }

    /** The next name that was sent last at {@code sentBeforeMillis} or earlier, sent now; null if there is none. */
    @Nullable
    N nextDue(long sentBeforeMillis, long nowMillis) {
        Iterator<Map.Entry<N, Mark>> first = marks.entrySet().iterator();
        if (!first.hasNext()) {
            return null;
        }
        Map.Entry<N, Mark> one =
                first.next(); // In the order of sending; what was never sent may stand behind for a while.
        N name = one.getKey();
        Mark mark = one.getValue();
        if (mark.sentAtMillis > sentBeforeMillis) {
            return null;
        }
        mark.sentAtMillis = nowMillis;
        first.remove();
        marks.put(name, mark);
        return name;
    }

    /** The name that was sent first, if that was at {@code sentBeforeMillis} or earlier; else null. */
    @Nullable
    N firstDue(long sentBeforeMillis) {
        for (Map.Entry<N, Mark> first : marks.entrySet()) {
            return first.getValue().sentAtMillis <= sentBeforeMillis ? first.getKey() : null;
        }
        return null;
    }

    boolean contains(N name) {
        return marks.containsKey(name);
    }

    /** The oldest version of a name that is missing. */
    HybridVersion oldestOf(N name) {
        return Objects.requireNonNull(marks.get(name)).oldest;
    }

    /** The newest version of a name that is missing. */
    HybridVersion newestOf(N name) {
        return Objects.requireNonNull(marks.get(name)).newest;
    }

    /** Whether everything up to a version is confirmed. */
    boolean isClearUpTo(HybridVersion version) {
        for (Mark mark : marks.values()) {
            if (mark.oldest.compareTo(version) <= 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether what comparisons found is confirmed. */
    boolean isClearOfComparison() {
        return compared == 0;
    }

    boolean isEmpty() {
        return marks.isEmpty();
    }

    int size() {
        return marks.size();
    }

    void clear() {
        marks.clear();
        compared = 0;
    }
}
