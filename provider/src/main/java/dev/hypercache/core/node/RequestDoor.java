package dev.hypercache.core.node;

import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.message.AskHold;
import dev.hypercache.core.message.AskPage;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.HoldAnswer;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.ReleaseHold;
import dev.hypercache.core.message.RenewHold;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.message.RequestMessage;
import dev.hypercache.core.replica.SlotState;
import java.util.function.BooleanSupplier;

/** Where callers' requests enter a slot: they go to the leader of this node, or back with a hint. Confined to its slot. */
final class RequestDoor {

    private final SlotState state;
    private final Outbox out;
    private final BooleanSupplier isScarce;
    private final SeenCopies copies = new SeenCopies();

    /** @param isScarce whether too few voters of the slot live for it to take what somebody wants to rely on */
    RequestDoor(SlotState state, Outbox out, BooleanSupplier isScarce) {
        this.state = state;
        this.out = out;
        this.isScarce = isScarce;
    }

    /** Whether a request is to be dealt with at all: each copy once. */
    boolean takesIn(Message message) {
        if (message instanceof Execute execute) {
            return copies.takesIn(execute.head(), state.oldestTokenMillis());
        }
        return !(message instanceof ExecuteClear clear) || copies.takesIn(clear.head(), state.oldestTokenMillis());
    }

    /** This node leads. */
    void perform(int from, Message message, Leadership mine, long now) {
        if (message instanceof RequestMessage request && isOfAnotherBeginning(request.head())) {
            refuseOtherBeginning(from, request.head());
        } else if (message instanceof RequestMessage request
                && request.head().token() != null
                && isScarce.getAsBoolean()) {
            refuse(from, request.head(), Rejected.Reason.NO_QUORUM, Rejected.NOBODY);
        } else {
            performHere(from, message, mine, now);
        }
    }

    /** Whether a mutation was begun before the slot was reset, or after a reset of which this node has not read. */
    private boolean isOfAnotherBeginning(RequestHead head) {
        return head.token() != null && head.begunIn() != state.configuration().begunIn();
    }

    private void refuseOtherBeginning(int from, RequestHead head) {
        boolean isOlder = head.begunIn() < state.configuration().begunIn();
        Rejected.Reason reason = isOlder ? Rejected.Reason.SLOT_RESET : Rejected.Reason.NOT_LEADER;
        refuse(from, head, reason, Rejected.NOBODY);
    }

    private void performHere(int from, Message message, Leadership mine, long now) {
        if (message instanceof Execute execute) {
            mine.execute(from, execute, now);
        } else if (message instanceof ExecuteClear clear) {
            mine.clear(from, clear, now);
        } else if (message instanceof AskPage ask) {
            mine.page(from, ask, now);
        } else if (message instanceof AskHold ask) {
            mine.holds().on(from, ask, now);
        } else if (message instanceof RenewHold renew) {
            mine.holds().on(from, renew, now);
        } else if (message instanceof ReleaseHold release) {
            mine.holds().on(release, now);
        }
    }

    /** This node does not lead. */
    void refuse(int from, Message message, int leader) {
        if (message instanceof Execute execute) {
            refuse(from, execute.head(), Rejected.Reason.NOT_LEADER, leader);
        } else if (message instanceof ExecuteClear clear) {
            refuse(from, clear.head(), Rejected.Reason.NOT_LEADER, leader);
        } else if (message instanceof AskPage ask) {
            refuse(from, ask.head(), Rejected.Reason.NOT_LEADER, leader);
        } else if (message instanceof AskHold ask) {
            refuse(from, ask.hold(), leader);
        } else if (message instanceof RenewHold renew) {
            refuse(from, renew.hold(), leader);
        }
    }

    private void refuse(int from, RequestHead head, Rejected.Reason reason, int leader) {
        out.send(from, Rejected.of(state.slot(), head, reason, leader, state.slotTimeMillis()));
    }

    private void refuse(int from, long hold, int leader) {
        out.send(from, new HoldAnswer(state.slot(), hold, HoldAnswer.State.NOT_LEADER, 0, leader, 0, null));
    }
}
