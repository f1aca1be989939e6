package dev.hypercache.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The holds that each thread has on keys of one node's caches.
 *
 * <p>Bounded by the depth to which a thread's own calls nest. A list that is left behind in a thread is empty.
 *
 * @param <H> the node's kind of holds
 */
public final class HeldKeys<H extends HeldKeys.Held> {

    /** A hold that a thread was granted. */
    public interface Held {
        /** Whether nobody broke the hold, as far as known here. */
        boolean isIntact();
    }

    private final ThreadLocal<List<H>> holds = ThreadLocal.withInitial(() -> new ArrayList<>(2));

    /** The calling thread got a hold. */
    public void add(H hold) {
        holds.get().add(hold);
    }

    /** The calling thread gave a hold back. */
    public void remove(H hold) {
        holds.get().remove(hold);
    }

    /** Whether the calling thread holds any key of any cache; a hold that was broken counts no more. */
    public boolean isHolding() {
        return find(hold -> true) != null;
    }

    /** The first hold of the calling thread that is not broken and is the one that is wanted; null if there is none. */
    public @Nullable H find(Predicate<H> wanted) {
        for (H hold : holds.get()) {
            if (hold.isIntact() && wanted.test(hold)) {
                return hold;
            }
        }
        return null;
    }
}
