package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskHold;
import dev.hypercache.core.message.HoldAnswer;

/** What callers are told about holds that they were not granted. Confined to its slot. */
final class HoldReplies {

    private final LeaderContext context;

    HoldReplies(LeaderContext context) {
        this.context = context;
    }

    /** Answers a request for a hold. */
    void answer(int caller, AskHold ask, HoldAnswer.State answer) {
        tell(caller, ask.hold(), answer, context.self());
    }

    /** Tells how a hold stands, and who leads. */
    void tell(int caller, long hold, HoldAnswer.State answer, int leader) {
        context.out().send(caller, new HoldAnswer(context.slot(), hold, answer, context.ballot(), leader, 0, null));
    }
}
