package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskPage;
import dev.hypercache.core.message.CallerAccept;
import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.message.EntryPage;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.ExpiredFound;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.replica.KeyPage;
import dev.hypercache.core.ring.MemberSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers what came of their requests, when everything that it rests on is chosen.
 *
 * <p>When leader and caller's node are a majority by themselves, the answer takes along what it rests on and is chosen once
 * that node accepts it. Confined to its slot.
 */
final class Answers {

    private static final long CONFIRM_REPEAT_MILLIS = 50;

    private final LeaderContext context;
    private final Replication replication;
    private final ConfirmRounds confirms;

    /**
     * What came of an operation.
     *
     * @param expired the entry of its key whose time was over, now or shortly before
     * @param written the version of the key that the operation itself proposed, so that nothing else has to be confirmed; null
     *     if it proposed none
     * @param recorded whether a later copy of the request is recognised
     * @param notice what those who listen are told first, null if nothing
     */
    record Result(
            Outcome outcome,
            @Nullable ExpiredFound expired,
            @Nullable RecordEntry written,
            boolean recorded,
            @Nullable Notice notice) {}

    Answers(LeaderContext context, Replication replication) {
        this.context = context;
        this.replication = replication;
        this.confirms = new ConfirmRounds(context.self(), this::askConfirm);
    }

    ConfirmRounds confirms() {
        return confirms;
    }

    /**
     * Whether the leader and the caller's node are a majority by themselves, and nobody has to be told first. A request that comes again is not left to the
     * caller: its replica may have promised more than the leader's ballot, and then others must do.
     */
    boolean isDecidedAtCaller(int caller, RequestHead head, boolean tellsFirst) {
        return !tellsFirst
                && caller != context.self()
                && !head.toAll()
                && !head.isRetried()
                && isMajorityWith(caller, replication.configuration().targets());
    }

    private boolean isMajorityWith(int caller, MemberSet targets) {
        int both = targets.contains(context.self()) ? 2 : 1;
        return targets.contains(caller) && both >= targets.majority();
    }

    /**
     * Tells the outcome of an operation on a key.
     *
     */
    void tell(int caller, RequestHead head, RecordKey name, Result result) {
        Notice notice = result.notice();
        if (isDecidedAtCaller(caller, head, notice != null)) {
            RecordEntry written = result.written();
            CallerAccept accept = new CallerAccept(
                    name,
                    written == null ? context.state().entry(name) : written,
                    replication.pendingClears(name.cache()),
                    replication.committed(),
                    context.state().slotTimeMillis());
            context.out().send(caller, executed(head, result, accept));
            return;
        }
        PendingAnswer answer = pending(caller, head, result);
        waitFor(replication.proposals().latest(name), answer);
        waitFor(replication.proposals().latestClear(name.cache()), answer);
        if (result.written() == null) {
            confirms.require(answer, replication.configuration(), context.nowMillis());
        }
        if (notice != null) {
            notice.holdBack(answer);
        }
        answer.proceed();
    }

    /** Tells that a cache is cleared. */
    void tellCleared(int caller, RequestHead head, int cache) {
        PendingAnswer answer = pending(caller, head, new Result(Outcome.cleared(), null, null, true, null));
        waitFor(replication.proposals().latestClear(cache), answer);
        confirms.require(answer, replication.configuration(), context.nowMillis());
        answer.proceed();
    }

    /** Tells keys of a cache. */
    void tellPage(int caller, AskPage ask, KeyPage keys) {
        RequestHead head = ask.head();
        int cache = ask.cache();
        if (isDecidedAtCaller(caller, head, false)) {
            CallerAccept accept = new CallerAccept(
                    null,
                    null,
                    replication.pendingClears(cache),
                    replication.committed(),
                    context.state().slotTimeMillis());
            context.out().send(caller, page(ask, keys, accept));
            return;
        }
        PendingAnswer answer = new PendingAnswer(context, caller, head, page(ask, keys, null));
        waitFor(replication.proposals().latestClear(cache), answer);
        confirms.require(answer, replication.configuration(), context.nowMillis());
        answer.proceed();
    }

    private EntryPage page(AskPage ask, KeyPage keys, @Nullable CallerAccept accept) {
        RequestHead head = ask.head();
        return new EntryPage(
                context.slot(),
                head.id(),
                head.attempt(),
                context.ballot(),
                ask.cache(),
                keys.keys(),
                keys.isLast(),
                accept);
    }

    private PendingAnswer pending(int caller, RequestHead head, Result result) {
        return new PendingAnswer(context, caller, head, executed(head, result, null));
    }

    private Executed executed(RequestHead head, Result result, @Nullable CallerAccept accept) {
        return new Executed(
                context.slot(),
                head.id(),
                head.attempt(),
                context.ballot(),
                result.outcome(),
                result.expired(),
                result.recorded(),
                accept);
    }

    private void waitFor(@Nullable Proposal proposal, PendingAnswer answer) {
        if (proposal != null) {
            proposal.holdBack(answer);
            proposal.release(replication.configuration());
        }
    }

    private void askConfirm(long round, BitSet confirmed, boolean again) {
        MemberSet targets = replication.configuration().targets();
        BitSet asked = again
                ? Confirmers.all(targets, confirmed)
                : Confirmers.toAsk(targets, confirmed, round, context::isHeard);
        Confirm confirm = new Confirm(
                context.slot(),
                context.ballot(),
                round,
                Confirm.NO_COPY,
                context.state().slotTimeMillis());
        for (int member = asked.nextSetBit(0); member >= 0; member = asked.nextSetBit(member + 1)) {
            context.out().send(member, confirm);
        }
    }

    void repeat() {
        confirms.repeat(CONFIRM_REPEAT_MILLIS, context.nowMillis());
    }

    /** The leader is no more: what it computed may or may not come to be. */
    void abandon(int leader) {
        List<PendingAnswer> waiting = new ArrayList<>(replication.proposals().waiting());
        waiting.addAll(confirms.waiting());
        waiting.forEach(answer -> answer.abandon(leader));
    }
}
