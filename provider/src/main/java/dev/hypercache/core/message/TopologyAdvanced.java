package dev.hypercache.core.message;

/**
 * The topology log has grown: whoever holds less of it looks at once instead of when it would otherwise.
 *
 * @param index the last change that the sender knows
 */
public record TopologyAdvanced(long index) implements TopologyMessage {}
