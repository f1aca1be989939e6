package dev.hypercache.core.message;

/**
 * A leader asks a follower whether they hold the same, in all slots that the one leads and the other follows.
 *
 * @param cycle matches the answer
 * @param sum 64 bits of the digest of these slots' {@link SlotRoot}s
 * @param mix 64 more
 */
public record AskPair(long cycle, long sum, long mix) implements PairMessage {}
