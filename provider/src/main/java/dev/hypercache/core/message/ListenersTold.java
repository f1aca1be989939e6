package dev.hypercache.core.message;

/**
 * The synchronous listeners of a member have seen a change.
 *
 * @param ballot of the leader that told it
 * @param stream in which of its streams
 * @param number of the change
 */
public record ListenersTold(int slot, long ballot, int cache, long stream, long number) implements FeedMessage {}
