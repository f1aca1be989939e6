package dev.hypercache.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * The holds that each thread has on keys of one node's caches.
 *
 * <p>Bounded by the depth to which a thread's own calls nest. A list that is left behind in a thread is empty.
 */
final class HeldKeys {

    private final ThreadLocal<List<LocalHold>> holds = ThreadLocal.withInitial(() -> new ArrayList<>(2));

    /** The calling thread got a hold. */
    void add(LocalHold hold) {
        holds.get().add(hold);
    }

    /** The calling thread gave a hold back. */
    void remove(LocalHold hold) {
        holds.get().remove(hold);
    }

    /** Whether the calling thread holds any key of any cache; a hold that was broken counts no more. */
    boolean isHolding() {
        for (LocalHold hold : holds.get()) {
            if (hold.isIntact()) {
                return true;
            }
        }
        return false;
    }
}
