package dev.hypercache.core.message;

import java.util.List;

/**
 * Tells a leader which entries of caches with a bound the sender's callers read without asking it, so that it keeps what is
 * read (CONSISTENCY §6). A hint: it may be lost, and says nothing of entries that the receiver does not lead.
 *
 * @param slot 0: it is about several
 * @param counts at most {@link #COUNTS_MAX}
 */
public record ReadCounts(int slot, List<ReadCount> counts) implements Message {

    /** The most entries that one message tells of. */
    public static final int COUNTS_MAX = 4_096;
}
