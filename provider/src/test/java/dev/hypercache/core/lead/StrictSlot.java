package dev.hypercache.core.lead;

import dev.hypercache.core.op.HoldKind;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a slot must do, said as plainly as possible: a map of entries and a queue of claims per key. */
final class StrictSlot {

    /** An entry as the model knows it; {@code number} tells one write of a key from the next. */
    record Entry(String value, long number, long expiresAt) {

        boolean isExpired(long now) {
            return expiresAt <= now;
        }
    }

    private static final long NOT_AWAITED = -1;

    /** A claim on a key. */
    static final class Claim {
        final int key;
        final HoldKind kind;
        HoldTicket.State state = HoldTicket.State.NEW;
        /** Since when callers have waited for this holder, whether or not the first of them gave up. */
        long awaitedSince = NOT_AWAITED;

        @Nullable
        Object served;

        Claim(int key, HoldKind kind) {
            this.key = key;
            this.kind = kind;
        }
    }

    final Map<Integer, Entry> entries = new HashMap<>();
    private final Map<Integer, ArrayDeque<Claim>> claims = new HashMap<>();
    private long writes;

    Entry write(int key, String value, long expiresAt) {
        Entry entry = new Entry(value, ++writes, expiresAt);
        entries.put(key, entry);
        return entry;
    }

    /** The holder of a key: the head of its claims. */
    @Nullable
    Claim holder(int key) {
        ArrayDeque<Claim> queue = claims.get(key);
        return queue == null ? null : queue.peek();
    }

    /** Whether somebody waits for the holder of a key. */
    boolean isAwaited(int key) {
        ArrayDeque<Claim> queue = claims.get(key);
        return queue != null && queue.size() > 1;
    }

    boolean isAnyAwaited() {
        for (int key : claims.keySet()) {
            if (isAwaited(key)) {
                return true;
            }
        }
        return false;
    }

    boolean claim(Claim claim, boolean mayWait, long now) {
        ArrayDeque<Claim> queue = claims.computeIfAbsent(claim.key, k -> new ArrayDeque<>());
        if (queue.isEmpty()) {
            claim.state = HoldTicket.State.GRANTED;
        } else if (mayWait) {
            Claim head = queue.element();
            head.awaitedSince = head.awaitedSince == NOT_AWAITED ? now : head.awaitedSince;
            claim.state = HoldTicket.State.WAITING;
        } else {
            return false;
        }
        queue.add(claim);
        return true;
    }

    void release(Claim claim, @Nullable Object loaded, long now) {
        HoldTicket.State was = claim.state;
        claim.state = HoldTicket.State.ENDED;
        ArrayDeque<Claim> queue = claims.get(claim.key);
        if (queue == null || !queue.remove(claim)) {
            return;
        }
        if (was == HoldTicket.State.GRANTED) {
            if (loaded != null) {
                serve(queue, loaded);
            }
            grantHead(queue, now);
        }
    }

    private static void serve(ArrayDeque<Claim> queue, Object loaded) {
        for (Iterator<Claim> waiting = queue.iterator(); waiting.hasNext(); ) {
            Claim claim = waiting.next();
            if (claim.kind == HoldKind.LOAD) {
                claim.state = HoldTicket.State.SERVED;
                claim.served = loaded;
                waiting.remove();
            }
        }
    }

    void breakHold(int key, long now) {
        ArrayDeque<Claim> queue = claims.get(key);
        if (queue != null && !queue.isEmpty()) {
            queue.remove().state = HoldTicket.State.BROKEN;
            grantHead(queue, now);
        }
    }

    void breakLoad(int key, long now) {
        Claim holder = holder(key);
        if (holder != null && holder.kind == HoldKind.LOAD) {
            breakHold(key, now);
        }
    }

    /** Breaks each hold that is granted now; those granted in their place go on. */
    void breakHolds(long now) {
        for (int key : claims.keySet()) {
            breakHold(key, now);
        }
    }

    private static void grantHead(ArrayDeque<Claim> queue, long now) {
        Claim head = queue.peek();
        if (head != null) {
            head.state = HoldTicket.State.GRANTED;
            head.awaitedSince = queue.size() > 1 ? now : NOT_AWAITED;
        }
    }
}
