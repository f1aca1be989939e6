package dev.hypercache.transport.undertow;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one connection that wait for a reply, found by the id of their request.
 *
 * <p>Ids grow by one and never come twice, a slot is the id's low bits. A reply counts only if its whole id is that of the
 * call in the slot: else it answers a call that was given up, and the slot may long belong to another. Whoever takes a
 * call out owes its handler the answer.
 *
 * <p>Holds at most half as many calls as it has slots; the link's bound sees to that. So a free slot is found at once or
 * nearly so. Safe for use by any threads.
 */
final class CallTable {

    /** The most calls that one link may have pending, whatever its options say. */
    static final int CALLS_MAX = 1 << 16;

    private final AtomicReferenceArray<@Nullable PendingCall> slots;
    private final int mask;
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicInteger size = new AtomicInteger();

    CallTable(int callsMax) {
        int slotCount = Math.max(16, Integer.highestOneBit(Math.min(callsMax, CALLS_MAX)) << 2);
        slots = new AtomicReferenceArray<>(slotCount);
        mask = slotCount - 1;
    }

    /** Numbers a call and waits for its reply from now on. */
    void add(PendingCall call) {
        size.incrementAndGet();
        long id = lastId.incrementAndGet();
        call.number(id);
        while (!slots.compareAndSet((int) id & mask, null, call)) {
            id = lastId.incrementAndGet();
            call.number(id);
        }
    }

    /** Takes out the call with this very id; null if it is not there any more. */
    @Nullable
    PendingCall take(long id) {
        int slot = (int) id & mask;
        PendingCall call = slots.get(slot);
        if (call == null || call.id() != id || !slots.compareAndSet(slot, call, null)) {
            return null;
        }
        size.decrementAndGet();
        return call;
    }

    boolean isEmpty() {
        return size.get() == 0;
    }

    /** Times out what is over. */
    void expire(long nowNanos) {
        for (int slot = 0; slot <= mask && !isEmpty(); slot++) {
            PendingCall call = slots.get(slot);
            if (call != null && call.isOver(nowNanos) && slots.compareAndSet(slot, call, null)) {
                size.decrementAndGet();
                call.timeOut();
            }
        }
    }

    /** Takes out all calls. */
    void drain(Consumer<PendingCall> taker) {
        for (int slot = 0; slot <= mask && !isEmpty(); slot++) {
            PendingCall call = slots.getAndSet(slot, null);
            if (call != null) {
                size.decrementAndGet();
                taker.accept(call);
            }
        }
    }
}
