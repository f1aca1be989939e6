package dev.hypercache.core.hint;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one node is not known to hold of one slot, by name, oldest first.
 *
 * <p>Rewrites of one name are one hint, so it does not grow with the writes that the node misses. Names wait until the node's
 * window has room, and again when no answer comes. Beyond its limits all is forgotten, and the node must be
 * compared as a whole. Confined to its slot.
 *
 * @param <V> the versions of the names' order
 */
public final class HintSet<V extends Comparable<V>> {

    /** What a hint takes besides its key, in bytes, about. */
    private static final long OVERHEAD_BYTES = 120;

    private final int member;
    private final HintLedger ledger;
    private final boolean counted;
    private final Map<Object, Hint<V>> waiting = new LinkedHashMap<>();
    private final Map<Object, Hint<V>> underWay = new LinkedHashMap<>();

    private static final class Hint<V> {
        /** The lowest version that is not known to be held, and the newest. */
        V first;

        V version;
        final long size;
        final long queuedAtMillis;
        long sentAtMillis;
        long sentBytes;

        Hint(V version, long size, long queuedAtMillis) {
            this.first = version;
            this.version = version;
            this.size = size;
            this.queuedAtMillis = queuedAtMillis;
        }
    }

    /**
     * @param member whom it is for
     * @param counted false for names that a comparison brought: they are bounded by what the slot holds, and are no hints
     */
    public HintSet(int member, HintLedger ledger, boolean counted) {
        this.member = member;
        this.ledger = ledger;
        this.counted = counted;
    }

    /**
     * Keeps a name.
     *
     * @param first the lowest version of it that the node is not known to hold
     * @param keyBytes the size of its key
     * @return false if it exceeds a limit: then all names were forgotten
     */
    public boolean add(Object name, V first, V version, long keyBytes, long nowMillis) {
        Hint<V> known = find(name);
        if (known != null) {
            known.version = version;
            return true;
        }
        long size = OVERHEAD_BYTES + keyBytes;
        if (counted && !(ledger.limits().enabled() && ledger.queue(member, size))) {
            forget();
            return false;
        }
        Hint<V> hint = new Hint<>(version, size, nowMillis);
        hint.first = first;
        waiting.put(name, hint);
        return true;
    }

    /**
     * A name that is kept has another version now: it was written again, or renamed to a lower one.
     *
     * @return false if it is not kept
     */
    public boolean update(Object name, V version) {
        Hint<V> hint = find(name);
        if (hint != null) {
            hint.version = version;
            hint.first = version.compareTo(hint.first) < 0 ? version : hint.first;
        }
        return hint != null;
    }

    /** Of a name the node may hold nothing from a version on; of no consequence if the name is not kept. */
    public void lower(Object name, V first) {
        Hint<V> hint = find(name);
        if (hint != null && first.compareTo(hint.first) < 0) {
            hint.first = first;
        }
    }

    public boolean contains(Object name) {
        return find(name) != null;
    }

    private @Nullable Hint<V> find(Object name) {
        Hint<V> hint = waiting.get(name);
        return hint != null ? hint : underWay.get(name);
    }

    /**
     * The node holds a version of a name or a later one.
     *
     * @param above the version right above that one
     */
    public void holds(Object name, V version, V above) {
        Hint<V> hint = find(name);
        if (hint == null) {
            return;
        }
        if (underWay.remove(name) != null) {
            ledger.arrived(member, hint.sentBytes);
        }
        if (version.compareTo(hint.version) >= 0) {
            waiting.remove(name);
            if (counted) {
                ledger.replayed(member, hint.size);
            }
            return;
        }
        waiting.putIfAbsent(name, hint);
        hint.first = above.compareTo(hint.first) > 0 ? above : hint.first;
    }

    /** What a hint was about is covered by something that is sent by itself, so the node needs nothing of this name. */
    public void superseded(Object name) {
        Hint<V> hint = find(name);
        if (hint != null) {
            holds(name, hint.version, hint.version);
        }
    }

    /**
     * Takes the names to send now, as far as the window has room.
     *
     * @param bytes the size of what is sent for a name
     * @param room a further limit
     */
    public List<Object> due(int most, ToLongFunction<Object> bytes, Room room, long nowMillis) {
        takeBackLost(nowMillis);
        List<Object> due = new ArrayList<>();
        for (Iterator<Map.Entry<Object, Hint<V>>> each = waiting.entrySet().iterator();
                each.hasNext() && due.size() < most; ) {
            Map.Entry<Object, Hint<V>> one = each.next();
            Hint<V> hint = one.getValue();
            long size = bytes.applyAsLong(one.getKey());
            if (!ledger.take(member, size)) {
                break;
            }
            if (!room.take(size, hint.sentBytes > 0)) {
                ledger.given(member, size);
                break;
            }
            hint.sentBytes = size;
            hint.sentAtMillis = nowMillis;
            each.remove();
            due.add(one.getKey());
            underWay.put(one.getKey(), hint);
        }
        return due;
    }

    private void takeBackLost(long nowMillis) {
        for (Iterator<Map.Entry<Object, Hint<V>>> each = underWay.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Object, Hint<V>> one = each.next();
            if (nowMillis - one.getValue().sentAtMillis < ledger.limits().replayMillis()) {
                return;
            }
            each.remove();
            ledger.lost(member, one.getValue().sentBytes);
            waiting.put(one.getKey(), one.getValue());
        }
    }

    /**
     * Drops what is too old.
     *
     * @return whether anything was, so that the node must be compared as a whole
     */
    public boolean expire(long nowMillis) {
        if (!counted) {
            return false;
        }
        int before = size();
        expire(waiting, nowMillis);
        expire(underWay, nowMillis);
        return size() < before;
    }

    private void expire(Map<Object, Hint<V>> hints, long nowMillis) {
        for (Iterator<Hint<V>> each = hints.values().iterator(); each.hasNext(); ) {
            Hint<V> hint = each.next();
            if (nowMillis - hint.queuedAtMillis >= ledger.limits().ttlMillis()) {
                each.remove();
                ledger.expired(member, hint.size);
                if (hints == underWay) {
                    ledger.given(member, hint.sentBytes);
                }
            }
        }
    }

    /** Forgets all names. */
    public void forget() {
        underWay.values().forEach(hint -> ledger.given(member, hint.sentBytes));
        if (counted) {
            long bytes = 0;
            for (Map<Object, Hint<V>> hints : List.of(waiting, underWay)) {
                for (Hint<V> hint : hints.values()) {
                    bytes += hint.size;
                }
            }
            ledger.dropped(member, size(), bytes);
        }
        waiting.clear();
        underWay.clear();
    }

    /** A version such that the node holds everything below it; null if nothing is missing. */
    public @Nullable V lowest() {
        V lowest = null;
        for (Map<Object, Hint<V>> hints : List.of(waiting, underWay)) {
            for (Hint<V> hint : hints.values()) {
                lowest = lowest == null || hint.first.compareTo(lowest) < 0 ? hint.first : lowest;
            }
        }
        return lowest;
    }

    public int size() {
        return waiting.size() + underWay.size();
    }

    public boolean isEmpty() {
        return waiting.isEmpty() && underWay.isEmpty();
    }
}
