package dev.hypercache.core.node;

import dev.hypercache.core.lead.LeaderEvent;
import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.message.HandOver;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.replica.SlotState;
import org.jspecify.annotations.Nullable;

/**
 * How one replica asks another to lead a slot: because it leaves, or because the other one stands first and is back.
 *
 * <p>To be asked is no more than to be allowed to run at once, so being wrong costs a duel and no data. Confined to its
 * slot.
 */
final class Succession {

    private final SlotState state;
    private final SlotMachine.Node node;
    private final Candidacy candidacy;

    Succession(SlotState state, SlotMachine.Node node, Candidacy candidacy) {
        this.state = state;
        this.node = node;
        this.candidacy = candidacy;
    }

    /** A leader that stands behind offers the slot, and goes on until the other one has begun. */
    void offerReturn(Leadership mine, long now) {
        int first = candidacy.preferred();
        boolean mayReturn = first != node.self() && !state.configuration().isSwitching();
        if (mayReturn && candidacy.isReturnDue(now) && mine.isReadyFor(first)) {
            candidacy.returnOffered(now);
            node.observer().happened(LeaderEvent.RETURN_OFFERED);
            node.out().send(first, new HandOver(state.slot(), mine.ballot()));
        }
    }

    /** A node that has left the slot to others asks the next one, again and again until somebody leads. */
    void ask(@Nullable Leadership mine, long now) {
        int successor = mine == null ? candidacy.successorToAsk(now) : Rejected.NOBODY;
        if (successor != Rejected.NOBODY) {
            node.out()
                    .send(successor, new HandOver(state.slot(), state.promise().ballot()));
        }
    }
}
