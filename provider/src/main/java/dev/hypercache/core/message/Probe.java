package dev.hypercache.core.message;

import java.util.List;

/**
 * Asks a member for a sign of life.
 *
 * @param probe matches the answer; 0 if nobody waits for it
 */
public record Probe(long probe, long refutations, List<Belief> gossip) implements GossipMessage {}
