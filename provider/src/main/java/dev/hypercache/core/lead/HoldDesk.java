package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskHold;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.HoldAnswer;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.ReleaseHold;
import dev.hypercache.core.message.RenewHold;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives holds on the keys of a slot to callers on other nodes, and lets plain mutations wait behind them.
 *
 * <p>A new leader knows no holds: {@link EarlierHolds} says which of those that its predecessors granted still count. Safety
 * rests on versions, not on holds.
 *
 * <p>Bounded by {@link #CLAIMS_MAX} and by the waiters of a key. Confined to its slot.
 */
public final class HoldDesk implements HoldClaim.Desk {

    /** The most holds and waits of one slot. */
    static final int CLAIMS_MAX = 100_000;

    private final LeaderContext context;
    private final CacheLeaders leaders;
    private final HoldLimits limits;
    private final Performer performer;
    private final HoldReplies replies;
    private final EarlierHolds earlier;
    private final GrantNumbers numbers = new GrantNumbers();
    private final LostHolds lost = new LostHolds();
    private final Map<HoldClaim.Id, HoldClaim> claims = new LinkedHashMap<>();
    private final DeferredAsks deferred = new DeferredAsks(CLAIMS_MAX);
    private final ArrayDeque<HoldClaim> granted = new ArrayDeque<>();
    /** Claims of clients that are answered once the versions of lost holds are written: these come before their grants. */
    private final ArrayDeque<HoldClaim> unanswered = new ArrayDeque<>();
    /** Whether anybody has, awaits or asked for a hold, as far as the last tick found; else there is nothing to look at. */
    private boolean wanted;

    private long queuedIds;

    /** Performs an operation that waited for its key. */
    interface Performer {
        void perform(int caller, Execute request, HoldClaim claim);
    }

    HoldDesk(LeaderContext context, CacheLeaders leaders, EarlierHolds earlier, Performer performer) {
        this.context = context;
        this.leaders = leaders;
        this.limits = context.holdLimits();
        this.performer = performer;
        this.replies = new HoldReplies(context);
        this.earlier = earlier;
    }

    /** Keys for which a version has to be written, as their holders lost them. */
    LostHolds lost() {
        return lost;
    }

    @Override
    public void proceeds(HoldClaim claim) {
        granted.add(claim);
    }

    private void noteGrant(HoldClaim claim) {
        if (claim.isGranted()) {
            claim.grantedBy(numbers.next(context.sequence().last()));
            if (numbers.areSpent()) {
                lost.add(claim.name());
            }
        }
    }

    @Override
    public void broken(HoldClaim claim) {
        lost.add(claim.name());
    }

    /** The claim of a client that relies on it; null if none is known. */
    @Nullable
    HoldClaim find(HoldClaim.Id id) {
        return claims.get(id);
    }

    /** A mutation waits behind the holder of its key. */
    void queue(int caller, Execute request) {
        long now = context.nowMillis();
        wanted = true;
        HoldClaim claim = new HoldClaim(new HoldClaim.Id(Long.MIN_VALUE, ++queuedIds), caller, request, this);
        claim.endsAtMillis = now + request.head().remainingMillis();
        if (isFull() || !leaders.of(claim.name().cache()).hold(claim.ticket(), now)) {
            context.reject(caller, request.head(), Rejected.Reason.OVERLOADED);
            return;
        }
        claims.put(claim.id(), claim);
        if (claim.isGranted()) {
            granted.add(claim);
        }
    }

    private boolean isFull() {
        return claims.size() + lost.size() >= CLAIMS_MAX;
    }

    /** The grace period may be over. */
    void open() {
        if (wanted && !deferred.isEmpty() && earlier.isOpen()) {
            deferred.takeAll(this::grant);
        }
    }

    /** A client asks for a hold. */
    public void on(int caller, AskHold ask, long now) {
        context.setNowMillis(now);
        wanted = true;
        if (claims.containsKey(new HoldClaim.Id(ask.client(), ask.hold()))
                || ask.heldSince() != 0
                || earlier.isOpen()) {
            grant(caller, ask);
        } else {
            boolean waits = deferred.add(caller, ask);
            replies.answer(caller, ask, waits ? HoldAnswer.State.WAITING : HoldAnswer.State.OVERLOADED);
        }
    }

    private void grant(int caller, AskHold ask) {
        HoldClaim.Id id = new HoldClaim.Id(ask.client(), ask.hold());
        HoldClaim known = claims.get(id);
        if (known != null) { // Asked again, maybe while only former holders were served.
            known.renewedAtMillis = context.nowMillis();
            replies.answer(known);
            return;
        }
        HoldClaim claim = new HoldClaim(id, caller, ask.name(), ask.kind(), ask.heldSince(), this);
        claim.renewedAtMillis = context.nowMillis();
        HoldAnswer.State refusal = claim.isEarlier() ? returned(claim, ask) : granted(claim, ask);
        if (refusal != null) {
            replies.answer(caller, ask, refusal);
            return;
        }
        claims.put(id, claim);
        if (lost.contains(claim.name())) {
            unanswered.add(claim);
        } else {
            noteGrant(claim);
            replies.answer(claim);
        }
    }

    /** Grants or queues a hold; why not, or null. */
    private HoldAnswer.@Nullable State granted(HoldClaim claim, AskHold ask) {
        SlotLeader slotLeader = leaders.of(ask.name().cache());
        if (ask.breaksLoad()) {
            slotLeader.breakLoad(ask.name().key(), context.nowMillis());
        }
        if (!ask.waits()) {
            return !isFull() && slotLeader.tryHold(claim.ticket()) ? null : HoldAnswer.State.GONE;
        }
        boolean taken = !isFull() && slotLeader.hold(claim.ticket(), context.nowMillis());
        return taken ? null : HoldAnswer.State.OVERLOADED;
    }

    /**
     * A holder comes back; also one whose hold was granted under this very ballot, for it is not known any more and so was lost.
     */
    private HoldAnswer.@Nullable State returned(HoldClaim claim, AskHold ask) {
        if (!earlier.mayReturn(ask.heldSince())) {
            context.happened(LeaderEvent.EARLIER_HOLD_REFUSED);
            return HoldAnswer.State.GONE;
        }
        context.happened(LeaderEvent.HOLD_REREGISTERED);
        return leaders.of(ask.name().cache()).tryHold(claim.ticket()) ? null : HoldAnswer.State.GONE;
    }

    /** A client still needs its hold. */
    public void on(int caller, RenewHold renew, long now) {
        context.setNowMillis(now);
        HoldClaim claim = claims.get(new HoldClaim.Id(renew.client(), renew.hold()));
        if (claim == null) {
            replies.tell(caller, renew.hold(), HoldAnswer.State.GONE, context.self());
        } else {
            claim.renewedAtMillis = now;
            replies.answer(claim);
        }
    }

    /** A client gives its hold back. */
    public void on(ReleaseHold release, long now) {
        context.setNowMillis(now);
        HoldClaim claim = claims.remove(new HoldClaim.Id(release.client(), release.hold()));
        if (claim != null) {
            // What an earlier load brings may be shared only if it was found good enough to be stored.
            boolean isShared = !claim.isEarlier() || claim.stored;
            leaders.of(claim.name().cache()).release(claim.ticket(), isShared ? release.loaded() : null, now);
        }
    }

    /** Performs the mutations whose turn came. */
    void runGranted() {
        if (!wanted) {
            return;
        }
        for (HoldClaim claim = granted.poll(); claim != null; claim = granted.poll()) {
            Execute request = claim.queued();
            if (request == null) {
                unanswered.add(claim);
            } else if (claims.remove(claim.id()) != null) {
                performer.perform(claim.caller(), request, claim);
                leaders.of(claim.name().cache()).release(claim.ticket(), null, context.nowMillis());
            }
        }
    }

    /** Tells the clients whose turn came. */
    void answerGranted() {
        for (HoldClaim claim = unanswered.poll(); claim != null; claim = unanswered.poll()) {
            noteGrant(claim);
            replies.answer(claim);
            if (claim.ticket().state() == HoldTicket.State.SERVED) {
                claims.remove(claim.id());
            }
        }
    }

    void tick(long now) {
        wanted = !(isIdle() && granted.isEmpty());
        for (HoldClaim claim : new ArrayList<>(claims.values())) {
            SlotLeader slotLeader = leaders.of(claim.name().cache());
            if (isOver(claim, now)) {
                claims.remove(claim.id());
                if (claim.isGranted()) {
                    broken(claim);
                }
                slotLeader.release(claim.ticket(), null, now);
                rejectQueued(claim);
            } else if (claim.ticket().state() == HoldTicket.State.WAITING) {
                slotLeader.breakOverdueHold(claim.name().key(), limits.holdMillisMax(), now);
            } else if (claim.ticket().state() == HoldTicket.State.BROKEN) {
                claims.remove(claim.id());
                context.happened(LeaderEvent.HOLD_BROKEN);
                replies.tell(claim.caller(), claim.id().hold(), HoldAnswer.State.GONE, context.self());
            }
        }
    }

    /** Whether a mutation has waited for as long as it may, or a client has been silent for too long. */
    private boolean isOver(HoldClaim claim, long now) {
        return claim.queued() != null
                ? now >= claim.endsAtMillis
                : now - claim.renewedAtMillis > limits.silenceMillis();
    }

    private void rejectQueued(HoldClaim claim) {
        Execute request = claim.queued();
        if (request != null) {
            context.reject(claim.caller(), request.head(), Rejected.Reason.TIMED_OUT);
        }
    }

    boolean isIdle() {
        return lost.isEmpty() && (!wanted || claims.isEmpty() && deferred.isEmpty());
    }

    /** The leader is no more: who waits asks the next one. */
    void end(int leader) {
        for (HoldClaim claim : claims.values()) {
            Execute request = claim.queued();
            if (request != null) {
                context.rejectFor(claim.caller(), request.head(), Rejected.Reason.NOT_LEADER, leader);
            }
        }
        claims.clear();
        deferred.takeAll((caller, ask) -> {
            replies.tell(caller, ask.hold(), HoldAnswer.State.NOT_LEADER, leader);
        });
    }
}
