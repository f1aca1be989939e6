package dev.hypercache.core.message;

/**
 * All that the sender holds up to a stamp is held by every other holder, and it writes nothing up to there any more.
 *
 * @param stamp {@link #NOT} if that is not so
 */
public record CutReady(int slot, HolderHead holder, long stamp) implements LeaderlessMessage {

    /** The sender is not ready. */
    public static final long NOT = 0;
}
