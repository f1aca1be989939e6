package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;

/**
 * A leader that is about to tell a member of the changes of a cache asks how far that one has heard; repeated until it says so.
 *
 * @param ballot of the leader
 * @param stream which of the leader's streams to that member this begins; each has its own numbers
 * @param base the version after which one begins that has not heard of the cache before
 */
public record AskHeard(int slot, long ballot, int cache, long stream, Version base) implements FeedMessage {}
