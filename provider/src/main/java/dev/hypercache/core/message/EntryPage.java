package dev.hypercache.core.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of a cache in one slot, in the unsigned order of their hashes.
 *
 * <p>Whoever reads a key afterwards finds its entry, or that it is gone: a key may stand here whose removal is under way.
 *
 * @param request its id
 * @param attempt which copy of the request is answered
 * @param ballot of the leader that answers
 * @param keys at most {@link #KEYS_MAX}, but for keys of one hash, which are never parted
 * @param last whether no further keys follow
 * @param accept if present, the answer counts once the caller's own replica follows the ballot
 */
public record EntryPage(
        int slot,
        long request,
        int attempt,
        long ballot,
        int cache,
        List<Object> keys,
        boolean last,
        @Nullable CallerAccept accept)
        implements Message {

    /** The most keys of a page, unless more have one hash. */
    public static final int KEYS_MAX = 1_000;

    /** A page with so many bytes of keys is not continued. */
    public static final int KEY_BYTES_MAX = 256 * 1024;
}
