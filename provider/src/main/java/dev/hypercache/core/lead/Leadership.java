package dev.hypercache.core.lead;

import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.ClearAccepted;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.message.Confirmed;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.Promise;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.RecordPage;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.message.VersionPage;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One replica's time as the leader of its slot, under one ballot.
 *
 * <p>Operations are evaluated once, against the leader's own replica, and what they write is proposed under the next
 * version. An answer is told when everything that it rests on is chosen: the proposals of its key, the clears of its
 * cache, and for an answer that wrote nothing that the leader still leads. Operations do not wait for each other. When the
 * caller's own node and the leader are a majority, the answer takes the record along and is chosen once that node accepts
 * it, so an operation costs one round trip; until then reads of the key wait.
 *
 * <p>A mutation that is known by its token is not evaluated again. One that was sent before and changes nothing writes the
 * record anew all the same: a version that an earlier leader left behind could otherwise come back and contradict it.
 *
 * <p>Ends with the first word of a higher ballot. Confined to its slot.
 */
public final class Leadership {

    /** The most requests that wait for a takeover or for a key in doubt. */
    static final int PARKED_MAX = 10_000;

    private static final long CONFIRM_REPEAT_MILLIS = 50;

    private final SlotState state;
    private final long ballot;
    private final int self;
    private final Outbox out;
    private final Sequence sequence = new Sequence();
    private final CacheLeaders leaders;
    private final Replication replication;
    private final ConfirmRounds confirms;
    private final Takeover takeover;
    private final ClearPath clears;
    private final HoldDesk holds;
    private final List<Parked> parked = new ArrayList<>();
    private long nowMillis;

    /** A request that cannot be evaluated yet. */
    private record Parked(int caller, Execute request) {}

    /** What a leader is told of the world, besides messages. */
    public record Surroundings(
            int self,
            Outbox out,
            dev.hypercache.core.record.ValueEquality equality,
            LeaderObserver observer,
            HoldLimits holdLimits) {}

    public Leadership(SlotState state, long ballot, Surroundings surroundings) {
        this.state = state;
        this.ballot = ballot;
        this.self = surroundings.self();
        this.out = surroundings.out();
        this.leaders = new CacheLeaders(
                state, ballot, sequence, surroundings.equality(), surroundings.observer()::changed);
        this.replication = new Replication(state, ballot, self, sequence, out);
        this.confirms = new ConfirmRounds(self, this::askConfirm);
        this.clears = new ClearPath(state, ballot, sequence, leaders, replication);
        this.takeover = new Takeover(state, ballot, self, out, replication, new TakeoverDecisions());
        this.holds = new HoldDesk(state, ballot, leaders, out, surroundings.holdLimits(), this::execute);
    }

    private final class TakeoverDecisions implements Takeover.Decisions {
        @Override
        public Proposal renew(RecordKey name) {
            return Leadership.this.renew(name);
        }

        @Override
        public void adopt(ClearMark mark) {
            clears.adopt(mark, nowMillis);
            takeover.cleared(mark.cache());
        }

        @Override
        public void settled(RecordKey name) {
            unpark();
        }
    }

    /** Asks for promises; serves as soon as it may. */
    public void start(long now) {
        nowMillis = now;
        takeover.start(now);
        afterEvent();
    }

    public long ballot() {
        return ballot;
    }

    public void on(int member, Promise promise, long now) {
        nowMillis = now;
        takeover.onPromise(member, promise, now);
    }

    public void on(int member, VersionPage page, long now) {
        nowMillis = now;
        takeover.onVersions(member, page, now);
    }

    public void on(RecordPage page, long now) {
        nowMillis = now;
        takeover.onRecords(page, now);
    }

    /** Whether the new voters of a switch hold everything that is chosen, so that the old ones may go. */
    public boolean isSwitchComplete() {
        return replication.configuration().isSwitching() && takeover.isComplete();
    }

    /** Whether requests are served, but for keys in doubt. */
    public boolean isServing() {
        return takeover.isDecided();
    }

    /** Whether a learner holds everything that is held here. */
    public boolean isFilled(int learner) {
        return takeover.isCompared(learner) && replication.lagging(learner).isEmpty();
    }

    /** Learners came or went; another epoch needs another leadership. */
    public void configure(SlotConfiguration configuration) {
        replication.configure(configuration);
    }

    /** Performs a request, at once or when the slot is ready for it. */
    public void execute(int caller, Execute request, long now) {
        nowMillis = now;
        RecordKey name = new RecordKey(request.cache(), request.op().key());
        if (takeover.isInDoubt(name)) {
            park(caller, request);
            return;
        }
        execute(caller, request, holds.ticketOf(request));
        afterEvent();
    }

    private void park(int caller, Execute request) {
        if (parked.size() >= PARKED_MAX) {
            reject(caller, request.head(), Rejected.Reason.OVERLOADED);
        } else {
            parked.add(new Parked(caller, request));
        }
    }

    private void reject(int caller, RequestHead head, Rejected.Reason reason) {
        out.send(caller, new Rejected(state.slot(), head.id(), reason, self, state.slotTimeMillis()));
    }

    private void execute(int caller, Execute request, HoldDesk.@Nullable Claim claim) {
        RecordKey name = new RecordKey(request.cache(), request.op().key());
        RequestHead head = request.head();
        Rejected.Reason refusal = null;
        Outcome known = null;
        OpToken token = head.token();
        if (token != null) {
            known = state.tokens().of(name).outcomeOf(token);
            refusal = known == null ? refusalOf(name, token) : null;
        }
        if (refusal != null) {
            reject(caller, head, refusal);
        } else if (known != null) {
            answer(caller, head, name, known, true);
        } else {
            evaluate(caller, request, name, claim);
        }
    }

    private Rejected.@Nullable Reason refusalOf(RecordKey name, OpToken token) {
        boolean isTooOld = token.issuedAtMillis() < state.oldestTokenMillis()
                || state.tokens().of(name).hasForgotten(token);
        if (isTooOld) {
            return Rejected.Reason.TOKEN_EXPIRED;
        }
        return state.tokens().isFull(name) ? Rejected.Reason.OVERLOADED : null;
    }

    private void evaluate(int caller, Execute request, RecordKey name, HoldDesk.@Nullable Claim claim) {
        RequestHead head = request.head();
        Outcome outcome = claim == null
                ? leaders.of(name.cache()).execute(request.op(), null, state.slotTimeMillis())
                : claim.execute(request.op(), state.slotTimeMillis());
        if (outcome.status() == Outcome.Status.HELD) {
            holds.queue(caller, request, nowMillis);
            return;
        }
        boolean wrote = leaders.takeChanged().contains(name);
        boolean evaluated = outcome.status() != Outcome.Status.HOLD_LOST;
        OpToken token = head.token();
        Lineage lineage = state.tokens().of(name).pruned(clientOf(token), head.lowestUnanswered(), state.oldestTokenMillis());
        if (token != null && evaluated && (wrote || head.retried())) {
            if (!wrote) {
                leaders.of(name.cache()).renew(name.key());
                wrote = true;
            }
            lineage = lineage.with(token, outcome);
        }
        if (wrote) {
            state.installed(name, lineage);
            replication.propose(name, isDecidedAtCaller(caller, head) ? caller : Replication.NOBODY, nowMillis);
        }
        answer(caller, head, name, outcome, !wrote);
    }

    private static long clientOf(@Nullable OpToken token) {
        return token == null ? Long.MIN_VALUE : token.client();
    }

    /** Whether the leader and the caller's node are a majority by themselves. */
    private boolean isDecidedAtCaller(int caller, RequestHead head) {
        BitSet both = new BitSet();
        both.set(self);
        both.set(caller);
        return caller != self
                && !head.toAll()
                && replication.configuration().targets().contains(caller)
                && replication.configuration().isAcceptQuorum(both);
    }

    /** Tells an outcome as soon as everything that it rests on is chosen, or leaves that to the caller's own replica. */
    private void answer(int caller, RequestHead head, RecordKey name, Outcome outcome, boolean confirms) {
        if (isDecidedAtCaller(caller, head)) {
            out.send(caller, clears.withAccept(head, name, outcome));
            return;
        }
        PendingAnswer answer = new PendingAnswer(out, caller, head, state.slot(), ballot, outcome);
        Proposal ofKey = replication.proposals().latest(name);
        if (ofKey != null) {
            ofKey.holdBack(answer);
            ofKey.release(replication.configuration());
        }
        Proposal ofClear = replication.proposals().latestClear(name.cache());
        if (ofClear != null) {
            ofClear.holdBack(answer);
            ofClear.release(replication.configuration());
        }
        if (confirms) {
            this.confirms.require(answer, replication.configuration(), nowMillis);
        }
        answer.proceed();
    }

    private void askConfirm(long round, BitSet confirmed) {
        for (int member : replication.configuration().targets().toArray()) {
            if (!confirmed.get(member)) {
                out.send(member, new Confirm(state.slot(), ballot, round, state.slotTimeMillis()));
            }
        }
    }

    /** Clears a cache in the slot. */
    public void clear(int caller, ExecuteClear request, long now) {
        nowMillis = now;
        RequestHead head = request.head();
        if (!takeover.isDecided()) {
            reject(caller, head, Rejected.Reason.NOT_LEADER);
            return;
        }
        if (!clears.isKnown(request)) {
            if (clears.isTooOld(request)) {
                reject(caller, head, Rejected.Reason.TOKEN_EXPIRED);
                return;
            }
            clears.clear(request, nowMillis);
            takeover.cleared(request.cache());
        }
        PendingAnswer answer = new PendingAnswer(out, caller, head, state.slot(), ballot, Outcome.cleared());
        Proposal proposal = replication.proposals().latestClear(request.cache());
        if (proposal != null) {
            proposal.holdBack(answer);
            proposal.release(replication.configuration());
        }
        confirms.require(answer, replication.configuration(), nowMillis);
        answer.proceed();
        afterEvent();
    }

    private Proposal renew(RecordKey name) {
        leaders.of(name.cache()).renew(name.key());
        leaders.takeChanged();
        return replication.propose(name, Replication.NOBODY, nowMillis);
    }

    public void on(int member, Accepted accepted) {
        replication.accepted(member, accepted.name(), accepted.version());
    }

    public void on(int member, ClearAccepted accepted) {
        replication.clearAccepted(member, accepted.cache(), accepted.version());
    }

    public void on(int member, Confirmed confirmed, long now) {
        nowMillis = now;
        confirms.confirmed(member, confirmed.round(), replication.configuration(), now);
    }

    /** Holds on the keys of the slot. */
    public HoldDesk holds() {
        return holds;
    }

    private void unpark() {
        List<Parked> requests = new ArrayList<>(parked);
        parked.clear();
        for (Parked one : requests) {
            RecordKey name = new RecordKey(one.request().cache(), one.request().op().key());
            if (takeover.isInDoubt(name)) {
                parked.add(one);
            } else {
                execute(one.caller(), one.request(), holds.ticketOf(one.request()));
            }
        }
    }

    /** What follows from an event once it was dealt with. */
    public void afterEvent() {
        if (takeover.isDecided()) {
            holds.open(nowMillis);
            if (!parked.isEmpty()) {
                unpark();
            }
            holds.runGranted();
        }
        proposeStray(leaders.takeChanged());
    }

    /** Keys that changed beside an operation of their own: what expired when it was looked at. */
    private void proposeStray(Set<RecordKey> names) {
        for (RecordKey name : names) {
            replication.propose(name, Replication.NOBODY, nowMillis);
        }
    }

    /** Does what is due: asks again, sends again, ends holds that last too long. */
    public void tick(long now) {
        nowMillis = now;
        List<Integer> overflowed = new ArrayList<>();
        for (int member : replication.configuration().recipients().toArray()) {
            if (replication.lagging(member).takeOverflow()) {
                overflowed.add(member);
            }
        }
        takeover.repeat(overflowed, now);
        replication.repeat(now);
        confirms.repeat(CONFIRM_REPEAT_MILLIS, now);
        holds.tick(now);
        state.expireTokens();
        afterEvent();
    }

    /** Whether nothing has to be done until the next message. */
    public boolean isIdle() {
        return takeover.isIdle() && replication.isIdle() && confirms.isIdle() && parked.isEmpty() && holds.isIdle();
    }

    /** Ends the leadership: nobody waits for an answer that this leader could still give. */
    public void end(int leader) {
        List<PendingAnswer> waiting = new ArrayList<>(replication.proposals().waiting());
        waiting.addAll(confirms.waiting());
        waiting.forEach(answer -> answer.abandon(leader, state.slotTimeMillis()));
        parked.forEach(one -> out.send(
                one.caller(),
                new Rejected(
                        state.slot(),
                        one.request().head().id(),
                        Rejected.Reason.NOT_LEADER,
                        leader,
                        state.slotTimeMillis())));
        parked.clear();
        holds.end(leader);
    }

    /** The highest version given out so far. */
    public Version lastVersion() {
        return new Version(ballot, sequence.last());
    }

    /** How many versions are proposed and not known to be chosen. */
    public int pending() {
        return replication.proposals().size();
    }
}
