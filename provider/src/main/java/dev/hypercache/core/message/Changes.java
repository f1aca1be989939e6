package dev.hypercache.core.message;

import java.util.List;

/**
 * Changes of a cache that were chosen, for a member that listens; repeated until they are heard.
 *
 * @param ballot of the leader
 * @param stream which of its streams to that member this belongs to
 * @param first the number of the first of the changes
 * @param committed once all of them are heard, so is everything up to this sequence of the ballot; {@link #NOT_SAID} if that
 *     cannot be said
 * @param changes at most {@link #CHANGES_MAX}
 */
public record Changes(
        int slot, long ballot, int cache, long stream, long first, long committed, List<ToldChange> changes)
        implements FeedMessage {

    /** The most changes of one message. */
    public static final int CHANGES_MAX = 256;

    /** Nothing is said of what else was heard. */
    public static final long NOT_SAID = -1;
}
