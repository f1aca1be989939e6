package dev.hypercache.transport.fault;

/**
 * What was done to messages. A message counts once in each column that applies.
 *
 * @param messages how many passed: requests, replies and posts
 * @param dropped how many were lost by chance
 * @param cut how many were lost because nothing gets through
 * @param duplicated how many were sent twice
 * @param delayed how many were held back
 * @param reordered how many of these could be overtaken
 */
public record FaultCounts(long messages, long dropped, long cut, long duplicated, long delayed, long reordered) {

    static final FaultCounts NONE = new FaultCounts(0, 0, 0, 0, 0, 0);

    FaultCounts plus(FaultCounts other) {
        return new FaultCounts(
                messages + other.messages,
                dropped + other.dropped,
                cut + other.cut,
                duplicated + other.duplicated,
                delayed + other.delayed,
                reordered + other.reordered);
    }
}
