package dev.hypercache.core.lead;

import dev.hypercache.core.message.Changes;
import dev.hypercache.core.message.ToldChange;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.KeyBytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one stream that are not known to be heard: those that are under way, by their numbers, and those that wait
 * behind them. Bounded by {@link #CHANGES_MAX} changes and by the room of the node. Confined to its slot.
 */
final class FeedWindow {

    /** The most changes that are under way or wait. */
    static final int CHANGES_MAX = 4_096;

    private static final int UNDER_WAY_MAX = 1_024;
    private static final long BATCH_BYTES_MAX = 1 << 20;
    private static final long CHANGE_BYTES = 128;

    private final Audience audience;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final ArrayDeque<Waiting> underWay = new ArrayDeque<>();
    /** What waits for the listeners of the member, by the number of the change. */
    private final Map<Long, Notice> awaited = new LinkedHashMap<>();

    private long last;

    /**
     * A change.
     *
     * @param notice what waits for the member's listeners, null if nothing does
     * @param committed up to which sequence everything is heard with this one
     * @param bytes for which room was taken
     */
    private record Waiting(ToldChange change, @Nullable Notice notice, long committed, long bytes) {}

    /** Changes that leave together. */
    record Batch(long first, long committed, List<ToldChange> changes) {}

    FeedWindow(Audience audience) {
        this.audience = audience;
    }

    /** Takes in a change; false if there is no room for it. */
    boolean add(ToldChange change, @Nullable Notice notice, long committed) {
        long bytes = bytesOf(change);
        if (waiting.size() + underWay.size() >= CHANGES_MAX || !audience.reserve(bytes)) {
            return false;
        }
        if (notice != null) {
            notice.await();
        }
        waiting.add(new Waiting(change, notice, committed, bytes));
        return true;
    }

    private static long bytesOf(ToldChange change) {
        return CHANGE_BYTES + KeyBytes.lengthOf(change.key()) + bytesOf(change.before()) + bytesOf(change.after());
    }

    private static long bytesOf(@Nullable StoredRecord record) {
        return record != null && !record.isTombstone() && record.value() instanceof ValueBytes value
                ? value.length()
                : 0;
    }

    /** Whether more may be under way. */
    boolean isOpen() {
        return underWay.size() < UNDER_WAY_MAX;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** The last version of each key that waits. */
    Map<Object, Version> lastWaiting() {
        Map<Object, Version> versions = new HashMap<>();
        waiting.forEach(
                one -> versions.put(one.change().key(), one.change().after().version()));
        return versions;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && underWay.isEmpty();
    }

    /**
     * The next of those that wait; they are under way from now on.
     *
     * @param saysCommitted whether everything before them was told
     */
    Batch next(boolean saysCommitted) {
        long first = last + 1;
        List<ToldChange> changes = new ArrayList<>();
        long committed = Changes.NOT_SAID;
        long bytes = 0;
        while (changes.size() < Changes.CHANGES_MAX && bytes < BATCH_BYTES_MAX && !waiting.isEmpty()) {
            Waiting one = waiting.remove();
            committed = saysCommitted ? one.committed() : Changes.NOT_SAID;
            bytes += one.bytes();
            changes.add(one.change());
            underWay.add(new Waiting(one.change(), one.notice(), committed, one.bytes()));
            last++;
            if (one.notice() != null) {
                awaited.put(last, one.notice());
            }
        }
        return new Batch(first, committed, List.copyOf(changes));
    }

    /** What is said past those that wait; it is under way from now on. */
    Batch say(List<ToldChange> records) {
        long first = last + 1;
        for (ToldChange record : records) {
            last++;
            underWay.add(new Waiting(record, null, Changes.NOT_SAID, 0));
        }
        return new Batch(first, Changes.NOT_SAID, List.copyOf(records));
    }

    /** No changes, but that everything up to a sequence was told. */
    Batch mark(long committed) {
        return new Batch(last + 1, committed, List.of());
    }

    /** All that is under way, once more. */
    List<Batch> again() {
        List<Batch> batches = new ArrayList<>();
        List<ToldChange> changes = new ArrayList<>();
        long first = last - underWay.size() + 1;
        long bytes = 0;
        long committed = Changes.NOT_SAID;
        for (Waiting one : underWay) {
            if (changes.size() == Changes.CHANGES_MAX || bytes >= BATCH_BYTES_MAX) {
                batches.add(new Batch(first, committed, List.copyOf(changes)));
                first += changes.size();
                changes.clear();
                bytes = 0;
            }
            changes.add(one.change());
            committed = one.committed();
            bytes += bytesOf(one.change());
        }
        if (!changes.isEmpty()) {
            batches.add(new Batch(first, committed, List.copyOf(changes)));
        }
        return batches;
    }

    /** Everything up to a number is heard; whether that is news. */
    boolean heard(long number) {
        boolean isNews = false;
        for (long first = last - underWay.size() + 1; first <= number && !underWay.isEmpty(); first++) {
            audience.release(underWay.remove().bytes());
            isNews = true;
        }
        return isNews;
    }

    /** The synchronous listeners have seen a change. */
    void told(long number) {
        Notice notice = awaited.remove(number);
        if (notice != null) {
            notice.told();
        }
    }

    /** Forgets all, and that anybody waits for the member's listeners. */
    void drop() {
        List<Notice> unheard = new ArrayList<>(awaited.values());
        waiting.stream().filter(one -> one.notice() != null).forEach(one -> unheard.add(one.notice()));
        waiting.forEach(one -> audience.release(one.bytes()));
        underWay.forEach(one -> audience.release(one.bytes()));
        waiting.clear();
        underWay.clear();
        awaited.clear();
        last = 0;
        unheard.forEach(Notice::told);
    }
}
