package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskHold;
import dev.hypercache.core.message.HoldAnswer;
import dev.hypercache.core.message.LoadResult;

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

    /** Tells a client how its claim stands. */
    void answer(HoldClaim claim) {
        HoldTicket ticket = claim.ticket();
        LoadResult loaded = (LoadResult) ticket.result();
        long hold = claim.id().hold();
        context.out()
                .send(
                        claim.caller(),
                        new HoldAnswer(
                                context.slot(),
                                hold,
                                ticket.answer(),
                                context.ballot(),
                                context.self(),
                                claim.grant(),
                                loaded));
    }

    /** Tells how a hold stands, and who leads. */
    void tell(int caller, long hold, HoldAnswer.State answer, int leader) {
        context.out().send(caller, new HoldAnswer(context.slot(), hold, answer, context.ballot(), leader, 0, null));
    }
}
