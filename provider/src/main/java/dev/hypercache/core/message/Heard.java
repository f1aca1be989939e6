package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;
import org.jspecify.annotations.Nullable;

/**
 * How far a member has heard of the changes of a cache.
 *
 * @param ballot of the leader that tells them
 * @param stream which of its streams is meant
 * @param number up to which it has all of that stream; {@link #UNKNOWN} if it knows nothing of the stream
 * @param upTo the version up to which it has heard of everything that was chosen; null if it cannot say
 * @param again whether something is missing behind that number
 */
public record Heard(
        int slot,
        long ballot,
        int cache,
        long stream,
        long number,
        @Nullable Version upTo,
        boolean again) implements FeedMessage {

    /** The number of a stream that is not known. */
    public static final long UNKNOWN = -1;
}
