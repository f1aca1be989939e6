package dev.hypercache.core.message;

import java.util.List;

/**
 * Asks a member to probe another one, which does not answer the sender.
 *
 * @param probe matches what comes back: a {@link ProbeAnswer} if the other one answered, else a {@link ProbeMissed}
 * @param member who is to be probed
 */
public record AskProbe(long probe, int member, long refutations, List<Belief> gossip) implements GossipMessage {}
