package dev.hypercache.core.message;

/**
 * The follower holds the same.
 *
 * @param cycle of the question
 */
public record PairSame(long cycle) implements PairMessage {}
