package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.EntryPage;
import dev.hypercache.core.ring.KeyHash;
import dev.hypercache.runtime.call.KeyCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the keys of a cache as the leaders of its slots tell them, or replicas if nobody orders it, page by page.
 *
 * <p>A few slots are asked at first, so that whoever only wants to know whether there is anything learns it soon, and twice
 * as many each time until they bring {@link #KEYS_WANTED} keys. To each node the questions leave as one frame. A key that is
 * in the cache all the time is told exactly once; of any other the reader finds out. For one thread at a time.
 */
final class PageCursor implements KeyCursor {

    private static final int SLOTS_FIRST = 16;
    /** So many keys in one go are enough; the most in memory are what half as many slots more may bring. */
    private static final int KEYS_WANTED = 4_096;

    /** What is asked of a slot: the keys from a hash on. */
    record Wanted(int slot, long from) {}

    private final RingCalls calls;
    private final boolean breaksHolds;
    private final Deque<Wanted> open = new ArrayDeque<>();
    private final Queue<Object> keys = new ArrayDeque<>();
    private int slotsAtOnce = SLOTS_FIRST;
    private @Nullable Object current;

    /**
     * @param breaksHolds whether the holds of the cache are broken on the way
     */
    PageCursor(int slots, RingCalls calls, boolean breaksHolds) {
        this.breaksHolds = breaksHolds;
        this.calls = calls;
        for (int slot = 0; slot < slots; slot++) {
            open.add(new Wanted(slot, 0));
        }
    }

    @Override
    public boolean advance() {
        while (keys.isEmpty() && !open.isEmpty()) {
            fetch();
        }
        current = keys.poll();
        return current != null;
    }

    private void fetch() {
        List<Wanted> asked = new ArrayList<>();
        while (asked.size() < slotsAtOnce && !open.isEmpty()) {
            asked.add(open.remove());
        }
        @Nullable EntryPage[] pages = calls.pages(asked, breaksHolds);
        for (int i = pages.length - 1; i >= 0; i--) {
            EntryPage page = Objects.requireNonNull(pages[i], "page");
            keys.addAll(page.keys());
            if (!page.last()) {
                long lastHash = ((KeyHash) page.keys().get(page.keys().size() - 1)).hash64();
                open.addFirst(new Wanted(page.slot(), lastHash + 1)); // There are keys above it, so this is not 0.
            }
        }
        slotsAtOnce = keys.size() >= KEYS_WANTED ? Math.max(1, slotsAtOnce / 2) : slotsAtOnce * 2;
    }

    @Override
    public Object key() {
        Object key = current;
        if (key == null) {
            throw new NoSuchElementException("the cursor stands on no key; advance it first");
        }
        return key;
    }
}
