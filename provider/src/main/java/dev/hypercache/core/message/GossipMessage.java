package dev.hypercache.core.message;

import java.util.List;

/**
 * A message by which members find out who of them answers; it belongs to the nodes rather than to a slot.
 *
 * <p>Each carries what its sender heard of others, so that news spreads without messages of its own.
 */
public sealed interface GossipMessage extends Message permits Probe, ProbeAnswer, AskProbe, ProbeMissed {

    /** The most beliefs that one message carries. */
    int BELIEFS_MAX = 16;

    /** Always 0. */
    @Override
    default int slot() {
        return 0;
    }

    /** How often the sender has refuted that it is suspected or dead, 0 or more: it is alive by its own word. */
    long refutations();

    /** News of other members; at most {@link #BELIEFS_MAX}. */
    List<Belief> gossip();
}
