package dev.hypercache.sim;

import dev.hypercache.core.feed.Ear;
import dev.hypercache.core.lead.Audience;
import dev.hypercache.core.message.ListenersTold;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.ToldChange;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Listeners at every node of a ring, and what must hold of what they are told: of a key in the order of its versions, each
 * value once. Nobody listens unless a run begins that.
 */
final class EventChecks implements Audience {

    private static final long LISTENER_MILLIS_MOST = 40;
    /** What changes take up that others have not heard of; less where listeners do not keep up. */
    private static final long ROOM_BYTES = 200_000;

    private static final long LITTLE_ROOM_BYTES = 8_000;

    private final SimRing ring;
    private final Map<Place, Last> told = new LinkedHashMap<>();
    private final Map<SimKey, Version> newest = new LinkedHashMap<>();
    private final Map<SimNode, Set<Object>> values = new LinkedHashMap<>();
    private @Nullable Chance chance;
    private boolean slow;
    private long bytes;
    private long events;

    /** A key as one life of a node hears of it: ids that only the dead knew are given out again. */
    record Place(SimNode node, SimKey key) {}

    /**
     * What a node was told last of a key.
     *
     * @param value null if it is gone
     * @param byLeader whether a leader told it, and not the answer to an operation of the node's own caller
     */
    record Last(Version version, @Nullable Object value, boolean byLeader) {}

    EventChecks(SimRing ring) {
        this.ring = ring;
    }

    /**
     * Listeners register at every node, synchronous ones at every other.
     *
     * @param areSlow whether they do not keep up at times
     */
    void listen(Chance dice, boolean areSlow) {
        chance = dice;
        slow = areSlow;
    }

    long events() {
        return events;
    }

    /** What a node was told last of a key; null if it was told nothing. */
    @Nullable
    Last last(SimNode node, SimKey key) {
        return told.get(new Place(node, key));
    }

    /** Whether whatever anybody was told of a key, or knows by an answer, happened before an epoch. */
    boolean isOfBefore(SimKey key, int epoch) {
        Version last = newest.get(key);
        return last != null && Ballot.unpack(last.ballot()).epoch() < epoch;
    }

    @Override
    public List<Listening> of(int cache) {
        return chance == null || cache != Workload.PLAIN
                ? List.of()
                : ring.live().stream()
                        .map(node -> new Listening(node.id(), node.id() % 2 == 0, false))
                        .toList();
    }

    @Override
    public Collection<Integer> caches() {
        return chance == null ? List.of() : List.of(Workload.PLAIN);
    }

    @Override
    public boolean reserve(long wanted) {
        boolean fits = bytes + wanted <= (slow ? LITTLE_ROOM_BYTES : ROOM_BYTES);
        bytes += fits ? wanted : 0;
        return fits;
    }

    @Override
    public void release(long taken) {
        bytes -= taken;
    }

    /** What is heard at a node. */
    Ear earOf(SimNode node) {
        return new Ear() {
            @Override
            public boolean listensTo(int cache) {
                return chance != null && cache == Workload.PLAIN;
            }

            @Override
            public boolean hasRoom(int cache) {
                return !slow || (ring.queue().nowMillis() / 700 + node.id()) % 3 != 0;
            }

            @Override
            public void changed(RecordKey name, ToldChange change, int leader, ListenersTold answer) {
                StoredRecord after = change.after().isTombstone() ? null : change.after();
                Version of = after == null && change.before() != null
                        ? change.before().version()
                        : change.after().version();
                note(
                        node,
                        (SimKey) name.key(),
                        change.change(),
                        new Last(of, after == null ? null : after.value(), true));
                if (change.awaited()) {
                    answerLater(node, leader, answer);
                }
            }

            @Override
            public void repeated() {
                ring.coverage().count("EVENT_REPEATED");
            }
        };
    }

    private void answerLater(SimNode node, int leader, ListenersTold answer) {
        Chance dice = chance;
        long millis = dice == null ? 0 : dice.below((int) LISTENER_MILLIS_MOST);
        ring.queue().afterMillis(millis, () -> node.perform(() -> node.send(leader, answer)));
    }

    /** A caller at a node got the answer to an operation. */
    void answered(
            SimNode node, SimKey key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        StoredRecord record = after == null ? before : after;
        RecordKey name = new RecordKey(key.cache(), key);
        if (change != Change.NONE && record != null) {
            heard(key, record.version());
        }
        boolean isChange = change != Change.NONE && change != Change.TOUCHED && record != null && node.isUp();
        if (isChange && node.feed(key.slot(ring.topology().slots())).isNews(name, before, after)) {
            note(node, key, change, new Last(record.version(), after == null ? null : after.value(), false));
        }
    }

    private void heard(SimKey key, Version version) {
        newest.merge(key, version, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    private void note(SimNode node, SimKey key, Change change, Last news) {
        events++;
        heard(key, news.version());
        Last before = told.put(new Place(node, key), news);
        String what = key + " at node " + node.id() + ": " + change + " " + news + " after " + before;
        if (before != null) {
            int order = news.version().compareTo(before.version());
            boolean isRemoval = news.value() == null && before.value() != null;
            if (order < 0 || order == 0 && !isRemoval) {
                ring.invariants().violated("events: not in order, " + what);
            }
        }
        Set<Object> known = values.computeIfAbsent(node, unused -> new LinkedHashSet<>());
        if (news.value() != null && !known.add(news.value())) {
            ring.invariants().violated("events: told again, " + what);
        }
    }
}
