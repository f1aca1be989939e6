package dev.hypercache.core.lead;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.RecordKey;
import java.util.BitSet;

/** What is done in a takeover about a key or a cache on which the copies differ. */
interface Decisions {
    /** Writes what the leader holds for a key once more, or a tombstone, and proposes it. */
    Proposal renew(RecordKey name);

    /** Writes a tombstone for a key, whatever is held, and proposes it. */
    Proposal bury(RecordKey name);

    /** A clear that others know of stands here, too, and is proposed to whoever is not among its holders. */
    Proposal adopt(ClearMark mark, BitSet holders);

    /** Clears that others know of were never chosen: one is performed now, under a new version. */
    Proposal perform(RefutedClears.Anew clear);
}
