package dev.hypercache.core.member;

import dev.hypercache.core.message.AskProbe;
import dev.hypercache.core.message.Belief;
import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.Probe;
import dev.hypercache.core.message.ProbeAnswer;
import java.util.List;

/**
 * A node that watches nobody and lets itself be watched: it answers probes and refutes what is said of it, so that a ring in
 * which others do watch does not lose it. Confined to one thread at a time.
 */
public final class Respondent {

    private final int self;
    private final Outbox out;
    private final OwnWord own = new OwnWord();

    /**
     * @param self this node's short id
     * @param out the way to the others
     */
    public Respondent(int self, Outbox out) {
        this.self = self;
        this.out = out;
    }

    /** Takes in a message of another member. */
    public void receive(int from, GossipMessage message) {
        boolean isAccused = false;
        for (Belief belief : message.gossip()) {
            isAccused |= belief.member() == self && own.refute(belief);
        }
        if (message instanceof Probe probe) {
            answer(from, probe.probe());
        } else if (message instanceof AskProbe ask && ask.member() == self) {
            answer(from, ask.probe());
        } else if (isAccused) {
            answer(from, 0);
        }
    }

    private void answer(int to, long number) {
        out.send(to, new ProbeAnswer(number, own.refutations(), List.of()));
    }
}
