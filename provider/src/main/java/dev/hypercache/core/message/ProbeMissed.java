package dev.hypercache.core.message;

import java.util.List;

/**
 * The member that the receiver asked about has not answered the sender either. It says of the sender that it had the time to
 * look: who gets neither this nor an answer from anybody may be the slow one.
 *
 * @param probe of the question
 */
public record ProbeMissed(long probe, long refutations, List<Belief> gossip) implements GossipMessage {}
