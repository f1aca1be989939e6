package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.RecordKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The holds that each thread has on keys of one node's caches.
 *
 * <p>Bounded by the depth to which a thread's own calls nest. A list that is left behind in a thread is empty.
 */
final class HeldHolds {

    private final ThreadLocal<List<MemberHold>> holds = ThreadLocal.withInitial(() -> new ArrayList<>(2));

    /** The calling thread got a hold. */
    void add(MemberHold hold) {
        holds.get().add(hold);
    }

    /** The calling thread gave a hold back. */
    void remove(MemberHold hold) {
        holds.get().remove(hold);
    }

    /** Whether the calling thread holds any key of any cache; a hold that was broken counts no more. */
    boolean isHolding() {
        for (MemberHold hold : holds.get()) {
            if (hold.isIntact()) {
                return true;
            }
        }
        return false;
    }

    /** The hold that the calling thread has on a key, null if it has none. */
    @Nullable
    MemberHold on(RecordKey name) {
        for (MemberHold hold : holds.get()) {
            if (hold.isIntact() && hold.name().equals(name)) {
                return hold;
            }
        }
        return null;
    }
}
