package dev.hypercache.core.lead;

import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExpiredFound;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.Evict;
import dev.hypercache.core.op.Expire;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotState;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How a leader performs an operation on one key.
 *
 * <p>It is evaluated once, against the leader's own replica, and what it writes is proposed under the next version. A
 * mutation that is known by its token is not evaluated again. One that changes nothing writes the record anew all the same
 * if it was sent before, or if a replica was not compared with the leader's yet, whatever it ends as: a version that an
 * earlier leader left behind could otherwise come back and contradict the answer, or bring back what a load had read before
 * the removal that found nothing. So it does where it broke a hold, or may have: a leader that comes later could not tell else
 * ({@link EarlierHolds}). Confined to its slot.
 */
final class OperationPath {

    private final LeaderContext context;
    private final SlotState state;
    private final CacheLeaders leaders;
    private final Replication replication;
    private final Answers answers;
    private final HoldDesk holds;
    private final Feeds feeds;
    private final EarlierHolds earlier;
    private final HeldOperations held;
    private final BooleanSupplier knowsEveryCopy;

    /**
     * @param knowsEveryCopy whether every holder of a copy was compared with the leader's
     */
    OperationPath(
            LeaderContext context,
            CacheLeaders leaders,
            Replication replication,
            Answers answers,
            BooleanSupplier knowsEveryCopy) {
        this.context = context;
        this.state = context.state();
        this.leaders = leaders;
        this.replication = replication;
        this.answers = answers;
        this.knowsEveryCopy = knowsEveryCopy;
        this.feeds = leaders.feeds();
        this.earlier = new EarlierHolds(context);
        this.holds = new HoldDesk(context, leaders, earlier, this::execute);
        this.held = new HeldOperations(context, leaders, earlier, holds);
    }

    /** The copy holds nothing of these caches any more. */
    void forgetCaches(IntPredicate which) {
        leaders.forget(which);
    }

    /** The holds that operations wait for. */
    HoldDesk holds() {
        return holds;
    }

    /** Performs an operation on a key that is not in doubt. */
    void execute(int caller, Execute request) {
        execute(caller, request, null);
    }

    /**
     * Performs it.
     *
     * @param claim under which it waited for its key; null if it did not
     */
    private void execute(int caller, Execute request, @Nullable HoldClaim claim) {
        RecordKey name = new RecordKey(request.cache(), request.op().key());
        RequestHead head = request.head();
        OpToken token = head.token();
        if (token == null) {
            evaluate(caller, request, name, null, claim);
            return;
        }
        Lineage lineage = state.tokens().of(name);
        Outcome known = lineage.outcomeOf(token);
        Rejected.Reason refusal = known == null ? refusalOf(lineage, token) : null;
        if (known != null) {
            noteKnown(name, known);
            if (head.toAll()) {
                renew(name); // An earlier leader may have performed it and fallen before every voter held it.
            }
            answers.tell(caller, head, name, new Answers.Result(known, null, null, true, feeds.awaitedBy(token)));
        } else if (refusal != null) {
            context.reject(caller, head, refusal);
        } else {
            evaluate(caller, request, name, lineage, claim);
        }
    }

    private void noteKnown(RecordKey name, Outcome known) {
        context.happened(LeaderEvent.TOKEN_KNOWN);
        StoredRecord after = known.after();
        boolean isElsewhere = known.change() != Change.NONE && after != null && after.ballot() != context.ballot();
        if (isElsewhere || leaders.isFromEarlierBallot(name)) {
            context.happened(LeaderEvent.TOKEN_KNOWN_AFTER_FAILOVER);
        }
    }

    private Rejected.@Nullable Reason refusalOf(Lineage lineage, OpToken token) {
        boolean isTooOld = token.issuedAtMillis() < state.oldestTokenMillis() || lineage.hasForgotten(token);
        if (isTooOld) {
            return Rejected.Reason.TOKEN_EXPIRED;
        }
        return state.tokens().isFull(lineage) ? Rejected.Reason.OVERLOADED : null;
    }

    private void evaluate(
            int caller, Execute request, RecordKey name, @Nullable Lineage lineage, @Nullable HoldClaim claim) {
        RequestHead head = request.head();
        long expiredBefore = leaders.recent().added();
        Outcome outcome = claim == null ? outcomeOf(request) : held.execute(claim, request.op());
        if (outcome.status() == Outcome.Status.HELD) {
            context.happened(LeaderEvent.HOLD_AWAITED);
            holds.queue(caller, request);
            return;
        }
        if (outcome.status() == Outcome.Status.HOLD_LOST) {
            context.happened(LeaderEvent.HOLD_LOST);
        }
        boolean wrote = leaders.takeChanged().contains(name);
        OpToken token = head.token();
        boolean brokeHold = holds.lost().take(name);
        LeaderEvent reason = token == null || wrote ? null : reasonToWrite(head, outcome, brokeHold);
        if (reason != null) {
            context.happened(reason);
            leaders.renew(name);
            wrote = true;
        }
        RecordEntry written = null;
        Notice notice = feeds.take(name, caller, head);
        Notice ahead = feeds.isAhead(notice, caller) ? notice : null;
        if (wrote) {
            written = record(name, lineage == null ? state.tokens().of(name) : lineage, head, outcome);
            boolean isDecidedThere = answers.isDecidedAtCaller(caller, head, ahead != null);
            replication
                    .propose(written, isDecidedThere ? caller : Replication.NOBODY, context.nowMillis())
                    .announce(notice, replication.configuration());
        }
        ExpiredFound expired = leaders.recent().of(name, expiredBefore);
        answers.tell(caller, head, name, new Answers.Result(outcome, expired, written, token != null && wrote, ahead));
    }

    /** Why a mutation that changes nothing has to write all the same; null if it has not to. */
    private @Nullable LeaderEvent reasonToWrite(RequestHead head, Outcome outcome, boolean brokeHold) {
        if (head.isRetried()) {
            return LeaderEvent.RETRIED_NO_CHANGE;
        }
        if (!knowsEveryCopy.getAsBoolean()) {
            return LeaderEvent.UNKNOWN_COPY_NO_CHANGE;
        }
        if (brokeHold) {
            return LeaderEvent.LOST_HOLD_WRITTEN;
        }
        boolean mayBreakHold = outcome.status() != Outcome.Status.HOLD_LOST && earlier.isGrace();
        return mayBreakHold ? LeaderEvent.GRACE_NO_CHANGE : null;
    }

    private Outcome outcomeOf(Execute request) {
        Outcome underHold = held.execute(request);
        if (underHold != null) {
            return underHold;
        }
        SlotLeader leader = leaders.of(request.cache());
        return request.pastHolder()
                ? leader.executePastHolder(request.op(), state.slotTimeMillis())
                : leader.execute(request.op(), null, state.slotTimeMillis());
    }

    private RecordEntry record(RecordKey name, Lineage before, RequestHead head, Outcome outcome) {
        OpToken token = head.token();
        Lineage lineage = token == null
                ? before.pruned(Long.MIN_VALUE, Long.MIN_VALUE, state.oldestTokenMillis())
                : before.prunedWith(token, outcome, head.lowestUnanswered(), state.oldestTokenMillis());
        return state.installed(name, lineage);
    }

    /** Writes what is held for a key once more, or a tombstone, and proposes that. */
    Proposal renew(RecordKey name) {
        leaders.renew(name);
        return replication.proposeAnew(name);
    }

    /** Takes over what other replicas hold of a key, under the next version, and proposes that. */
    void revive(RecordEntry entry) {
        leaders.adopt(entry.name(), entry.record());
        state.installed(entry.name(), entry.lineage());
        replication.proposeAnew(entry.name());
    }

    /** Writes a tombstone for a key, whatever is held, and proposes it. */
    Proposal bury(RecordKey name) {
        leaders.bury(name);
        return replication.proposeAnew(name);
    }

    /** Removes an entry whose time is over, if it still is. */
    void expire(RecordKey name) {
        leaders.of(name.cache()).execute(new Expire(name.key()), null, state.slotTimeMillis());
        proposeStray();
    }

    /** Removes an entry because its cache holds too much. */
    void evict(RecordKey name) {
        leaders.of(name.cache()).execute(new Evict(name.key()), null, state.slotTimeMillis());
        proposeStray();
    }

    /** Does what is due: ends holds that last too long, and tells those who listen. */
    void tick(long now, boolean isComplete) {
        feeds.tick(isComplete);
        holds.tick(now);
    }

    boolean isIdle() {
        return holds.isIdle() && feeds.isIdle();
    }

    /** Ends with the leadership. */
    void end(int leader) {
        holds.end(leader);
        feeds.end();
    }

    /** Has versions written for the keys of a cache that holders lost. */
    void writeLost(int cache) {
        holds.lost().take(name -> name.cache() == cache, this::writeLost);
    }

    private void writeLost(RecordKey name) {
        context.happened(LeaderEvent.LOST_HOLD_WRITTEN);
        renew(name);
    }

    /** Performs what waited for a hold, and proposes what changed beside an operation of its own. */
    void afterEvent(Takeover takeover) {
        if (takeover.isDecided()) {
            earlier.open();
            holds.open();
            holds.runGranted();
            holds.lost().take(name -> !takeover.isInDoubt(name), this::writeLost);
            holds.answerGranted();
        }
        proposeStray();
    }

    private void proposeStray() {
        Set<RecordKey> stray = leaders.takeChanged();
        for (RecordKey name : stray) {
            replication
                    .propose(name, context.nowMillis())
                    .announce(feeds.take(name, Replication.NOBODY, null), replication.configuration());
        }
    }
}
