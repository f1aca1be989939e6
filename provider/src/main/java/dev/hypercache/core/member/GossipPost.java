package dev.hypercache.core.member;

import dev.hypercache.core.message.AskProbe;
import dev.hypercache.core.message.Belief;
import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.Probe;
import dev.hypercache.core.message.ProbeAnswer;
import dev.hypercache.core.message.ProbeMissed;
import dev.hypercache.spi.membership.MemberHealth;
import java.util.List;

/**
 * Gives each message what this node has to tell: its own word, what it believes of the receiver if that is not well, and news
 * of others. A member that is suspected learns it from the first message it gets, and so refutes soon (Lifeguard's buddy
 * system).
 */
final class GossipPost {

    private final Outbox out;
    private final OwnWord own;
    private final MemberTable table;
    private final GossipBuffer buffer;

    GossipPost(Outbox out, OwnWord own, MemberTable table, GossipBuffer buffer) {
        this.out = out;
        this.own = own;
        this.table = table;
        this.buffer = buffer;
    }

    void probe(int to, long number, long now) {
        out.send(to, new Probe(number, own.refutations(), newsFor(to, now)));
    }

    /** Asks once more, and tells no news: what is said too often to somebody who does not hear it is not said to others. */
    void probeAgain(int to, long number, long now) {
        MemberState state = table.state(to);
        boolean isWell = state == null || state.health() == MemberHealth.ALIVE;
        out.send(to, new Probe(number, own.refutations(), isWell ? List.of() : newsFor(to, now)));
    }

    void answer(int to, long number, long now) {
        out.send(to, new ProbeAnswer(number, own.refutations(), newsFor(to, now)));
    }

    void ask(int to, long number, int member, long now) {
        out.send(to, new AskProbe(number, member, own.refutations(), newsFor(to, now)));
    }

    void missed(int to, long number, long now) {
        out.send(to, new ProbeMissed(number, own.refutations(), newsFor(to, now)));
    }

    private List<Belief> newsFor(int receiver, long now) {
        MemberState state = table.state(receiver);
        if (state == null) {
            return List.of(); // It is no member here: the ring's log has not told one of both yet.
        }
        state.told(now);
        return state.health() == MemberHealth.ALIVE
                ? buffer.take(receiver, table.size(), GossipMessage.BELIEFS_MAX)
                : List.of(state.belief()); // News would be spent on somebody who may not hear it.
    }
}
