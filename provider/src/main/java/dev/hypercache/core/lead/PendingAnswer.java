package dev.hypercache.core.lead;

import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.RequestHead;

/**
 * An outcome that a leader has computed and may not tell yet.
 *
 * <p>It waits for every version that it rests on to be chosen, and unless it wrote something itself for a majority to
 * confirm that the leader still leads. Confined to its slot.
 */
final class PendingAnswer {

    private final LeaderContext context;
    private final int caller;
    private final RequestHead head;
    private final Message answer;
    private int open = 1;
    private boolean ended;

    PendingAnswer(LeaderContext context, int caller, RequestHead head, Message answer) {
        this.context = context;
        this.caller = caller;
        this.head = head;
        this.answer = answer;
    }

    boolean needsAll() {
        return head.toAll();
    }

    /** One thing more must happen first. */
    void waitForMore() {
        open++;
    }

    /** One thing that had to happen did; the last one sends the answer. */
    void proceed() {
        if (--open == 0) {
            end(answer);
        }
    }

    /** The leader is no more: what it computed may or may not come to be. */
    void abandon(int leader) {
        long slotTimeMillis = context.state().slotTimeMillis();
        end(Rejected.of(answer.slot(), head, Rejected.Reason.DEPOSED, leader, slotTimeMillis));
    }

    private void end(Message message) {
        if (!ended) {
            ended = true;
            context.out().send(caller, message);
        }
    }
}
