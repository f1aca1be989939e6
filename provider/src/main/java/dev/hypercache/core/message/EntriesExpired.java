package dev.hypercache.core.message;

import java.util.List;

/**
 * Entries of slots that the sender leads have expired; repeated until it is acknowledged.
 *
 * @param slot 0: it is about several
 * @param report the number of the report, unique for the sender's life
 * @param entries at most {@link #ENTRIES_MAX}
 */
public record EntriesExpired(int slot, long report, List<ExpiredEntry> entries) implements Message {

    /** The most entries of one report. */
    public static final int ENTRIES_MAX = 256;
}
