package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskHold;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.HoldAnswer;
import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.message.LoadResult;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.ReleaseHold;
import dev.hypercache.core.message.RenewHold;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.Ballot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives holds on the keys of a slot to callers on other nodes, and lets plain mutations wait behind them.
 *
 * <p>A new leader knows no holds. For a grace period it grants only those that were granted before, so that holders come
 * back to their keys. What such a holder of a load brings may be older than a mutation that the new leader has performed
 * meanwhile, so it never fills the cache. Safety rests on versions, not on holds.
 *
 * <p>Bounded by {@link #CLAIMS_MAX} and by the waiters of a key. Confined to its slot.
 */
public final class HoldDesk {

    /** The most holds and waits of one slot. */
    static final int CLAIMS_MAX = 100_000;

    private final LeaderContext context;
    private final CacheLeaders leaders;
    private final HoldLimits limits;
    private final Performer performer;
    private final HoldReplies replies;
    private final Map<ClaimId, Claim> claims = new LinkedHashMap<>();
    private final DeferredAsks deferred = new DeferredAsks(CLAIMS_MAX);
    private final ArrayDeque<Claim> granted = new ArrayDeque<>();
    private long openedAtMillis = Long.MIN_VALUE;
    /** Whether anybody has, awaits or asked for a hold, as far as the last tick found; else there is nothing to look at. */
    private boolean wanted;

    private long queuedIds;
    private long grants;

    /** Performs an operation that waited for its key. */
    interface Performer {
        void perform(int caller, Execute request, Claim claim);
    }

    private record ClaimId(long client, long hold) {}

    /** One client's hold, or its wait for one. */
    final class Claim implements HoldTicket.Waiter {
        private final ClaimId id;
        private final int caller;
        private final RecordKey name;
        private final HoldTicket ticket;
        private final boolean fromEarlierBallot;
        private final @Nullable Execute queued;
        private final long grant = ++grants;
        private long renewedAtMillis = context.nowMillis();
        private long endsAtMillis = Long.MAX_VALUE;

        Claim(
                ClaimId id,
                int caller,
                RecordKey name,
                HoldKind kind,
                boolean fromEarlierBallot,
                @Nullable Execute queued) {
            this.id = id;
            this.caller = caller;
            this.name = name;
            this.fromEarlierBallot = fromEarlierBallot;
            this.queued = queued;
            this.ticket = new HoldTicket(name.key(), kind, id, this);
            wanted = true;
        }

        @Override
        public void proceed() {
            granted.add(this);
        }

        /** Performs an operation as the holder of its key. */
        Outcome execute(EntryOp op, long slotTimeMillis) {
            boolean isOldLoad = fromEarlierBallot && ticket.kind() == HoldKind.LOAD;
            return isOldLoad ? Outcome.holdLost() : leaders.of(name.cache()).execute(op, ticket, slotTimeMillis);
        }

        private void answer(HoldAnswer.State answer) {
            context.out()
                    .send(
                            caller,
                            new HoldAnswer(
                                    context.slot(),
                                    id.hold(),
                                    answer,
                                    context.ballot(),
                                    context.self(),
                                    grant,
                                    (LoadResult) ticket.result()));
        }
    }

    HoldDesk(LeaderContext context, CacheLeaders leaders, Performer performer) {
        this.context = context;
        this.leaders = leaders;
        this.limits = context.holdLimits();
        this.performer = performer;
        this.replies = new HoldReplies(context);
    }

    /**
     * The claim that a request relies on; null if it relies on none. A hold that is not known here, or was granted anew
     * since, is as good as broken.
     */
    @Nullable
    Claim claimOf(Execute request) {
        HoldGrant hold = request.hold();
        OpToken token = request.head().token();
        if (hold == null || token == null) {
            return null;
        }
        ClaimId id = new ClaimId(token.client(), hold.hold());
        Claim claim = claims.get(id);
        boolean isMeant = claim != null && hold.ballot() == context.ballot() && hold.number() == claim.grant;
        RecordKey name = new RecordKey(request.cache(), request.op().key());
        return isMeant ? claim : new Claim(id, context.self(), name, HoldKind.LOAD, true, null);
    }

    /** A mutation waits behind the holder of its key. */
    void queue(int caller, Execute request) {
        long now = context.nowMillis();
        RecordKey name = new RecordKey(request.cache(), request.op().key());
        Claim claim =
                new Claim(new ClaimId(Long.MIN_VALUE, ++queuedIds), caller, name, HoldKind.EXCLUSIVE, false, request);
        claim.endsAtMillis = now + request.head().remainingMillis();
        if (claims.size() >= CLAIMS_MAX || !leaders.of(name.cache()).hold(claim.ticket, now)) {
            reject(claim, Rejected.Reason.OVERLOADED);
            return;
        }
        claims.put(claim.id, claim);
        if (claim.ticket.state() == HoldTicket.State.GRANTED) {
            granted.add(claim);
        }
    }

    private void reject(Claim claim, Rejected.Reason reason) {
        Execute request = claim.queued;
        if (request != null) {
            context.reject(claim.caller, request.head(), reason);
        }
    }

    /** The slot is served from now on: the grace period begins, or is over. */
    void open() {
        long now = context.nowMillis();
        if (openedAtMillis == Long.MIN_VALUE) {
            openedAtMillis = now;
        }
        if (wanted && !deferred.isEmpty() && isOpen()) {
            deferred.takeAll(this::grant);
        }
    }

    private boolean isOpen() {
        // The first ballot of the first epoch has no predecessor whose holders might come back.
        boolean isFirst = Ballot.unpack(context.ballot()).round() <= 1
                && Ballot.unpack(context.ballot()).epoch() <= 1;
        return openedAtMillis != Long.MIN_VALUE
                && (isFirst || context.nowMillis() - openedAtMillis >= limits.graceMillis());
    }

    /** A client asks for a hold. */
    public void on(int caller, AskHold ask, long now) {
        context.setNowMillis(now);
        wanted = true;
        if (claims.containsKey(new ClaimId(ask.client(), ask.hold())) || ask.heldSince() != 0 || isOpen()) {
            grant(caller, ask);
        } else {
            boolean waits = deferred.add(caller, ask);
            replies.answer(caller, ask, waits ? HoldAnswer.State.WAITING : HoldAnswer.State.OVERLOADED);
        }
    }

    private void grant(int caller, AskHold ask) {
        ClaimId id = new ClaimId(ask.client(), ask.hold());
        Claim known = claims.get(id);
        if (known != null) { // Asked again, maybe while only former holders were served.
            known.renewedAtMillis = context.nowMillis();
            known.answer(known.ticket.answer());
            return;
        }
        SlotLeader slotLeader = leaders.of(ask.name().cache());
        // Also one that was granted under this very ballot: it is not known any more, so it was lost.
        boolean isEarlier = ask.heldSince() != 0;
        if (isEarlier) {
            context.happened(LeaderEvent.HOLD_REREGISTERED);
        }
        Claim claim = new Claim(id, caller, ask.name(), ask.kind(), isEarlier, null);
        if (ask.breaksLoad()) {
            slotLeader.breakLoad(ask.name().key(), context.nowMillis());
        }
        boolean taken = ask.waits()
                ? claims.size() < CLAIMS_MAX && slotLeader.hold(claim.ticket, context.nowMillis())
                : slotLeader.tryHold(claim.ticket);
        if (!taken) {
            replies.answer(caller, ask, ask.waits() ? HoldAnswer.State.OVERLOADED : HoldAnswer.State.GONE);
            return;
        }
        claims.put(id, claim);
        claim.answer(claim.ticket.answer());
    }

    /** A client still needs its hold. */
    public void on(int caller, RenewHold renew, long now) {
        context.setNowMillis(now);
        Claim claim = claims.get(new ClaimId(renew.client(), renew.hold()));
        if (claim == null) {
            replies.tell(caller, renew.hold(), HoldAnswer.State.GONE, context.self());
        } else {
            claim.renewedAtMillis = now;
            claim.answer(claim.ticket.answer());
        }
    }

    /** A client gives its hold back. */
    public void on(ReleaseHold release, long now) {
        context.setNowMillis(now);
        Claim claim = claims.remove(new ClaimId(release.client(), release.hold()));
        if (claim != null) {
            leaders.of(claim.name.cache()).release(claim.ticket, release.loaded(), now);
        }
    }

    /** Tells those whose turn came, and performs the mutations whose turn came. */
    void runGranted() {
        if (!wanted) {
            return;
        }
        for (Claim claim = granted.poll(); claim != null; claim = granted.poll()) {
            Execute request = claim.queued;
            if (request == null) {
                claim.answer(claim.ticket.answer());
                if (claim.ticket.state() == HoldTicket.State.SERVED) {
                    claims.remove(claim.id);
                }
            } else if (claims.remove(claim.id) != null) {
                performer.perform(claim.caller, request, claim);
                leaders.of(claim.name.cache()).release(claim.ticket, null, context.nowMillis());
            }
        }
    }

    void tick(long now) {
        wanted = !(isIdle() && granted.isEmpty());
        for (Claim claim : new ArrayList<>(claims.values())) {
            SlotLeader slotLeader = leaders.of(claim.name.cache());
            if (claim.queued != null
                    ? now >= claim.endsAtMillis
                    : now - claim.renewedAtMillis > limits.silenceMillis()) {
                claims.remove(claim.id);
                slotLeader.release(claim.ticket, null, now);
                reject(claim, Rejected.Reason.TIMED_OUT);
            } else if (claim.ticket.state() == HoldTicket.State.WAITING) {
                slotLeader.breakOverdueHold(claim.name.key(), limits.holdMillisMax(), now);
            } else if (claim.ticket.state() == HoldTicket.State.BROKEN) {
                claims.remove(claim.id);
                context.happened(LeaderEvent.HOLD_BROKEN);
                claim.answer(HoldAnswer.State.GONE);
            }
        }
    }

    boolean isIdle() {
        return !wanted || claims.isEmpty() && deferred.isEmpty();
    }

    /** The leader is no more: who waits asks the next one. */
    void end(int leader) {
        for (Claim claim : claims.values()) {
            if (claim.queued != null) {
                context.rejectFor(claim.caller, claim.queued.head(), Rejected.Reason.NOT_LEADER, leader);
            }
        }
        claims.clear();
        deferred.takeAll((caller, ask) -> {
            replies.tell(caller, ask.hold(), HoldAnswer.State.NOT_LEADER, leader);
        });
    }
}
