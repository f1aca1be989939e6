package dev.hypercache.core.message;

import java.util.List;

/**
 * The sign of life that a {@link Probe} or an {@link AskProbe} asked for.
 *
 * @param probe of the question
 */
public record ProbeAnswer(long probe, long refutations, List<Belief> gossip) implements GossipMessage {}
