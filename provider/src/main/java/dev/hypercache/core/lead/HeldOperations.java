package dev.hypercache.core.lead;

import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * How a leader performs an operation whose caller relies on a hold.
 *
 * <p>A hold that is not known here, or was granted anew since, is as good as broken. Confined to its slot.
 */
final class HeldOperations {

    private final LeaderContext context;
    private final CacheLeaders leaders;
    private final EarlierHolds earlier;
    private final HoldDesk desk;

    HeldOperations(LeaderContext context, CacheLeaders leaders, EarlierHolds earlier, HoldDesk desk) {
        this.context = context;
        this.leaders = leaders;
        this.earlier = earlier;
        this.desk = desk;
    }

    /** Performs an operation; null if its caller relies on no hold. */
    @Nullable
    Outcome execute(Execute request) {
        HoldGrant hold = request.hold();
        OpToken token = request.head().token();
        if (hold == null || token == null) {
            return null;
        }
        HoldClaim claim = desk.find(new HoldClaim.Id(token.client(), hold.hold()));
        if (hold.ballot() != context.ballot()) {
            return executeUnderEarlier(claim, token.client(), hold, request);
        }
        return claim != null && hold.number() == claim.grant() ? execute(claim, request.op()) : Outcome.holdLost();
    }

    /** Performs an operation as the holder of its key. */
    Outcome execute(HoldClaim claim, EntryOp op) {
        return leaders.of(claim.name().cache())
                .execute(op, claim.ticket(), context.state().slotTimeMillis());
    }

    private Outcome executeUnderEarlier(@Nullable HoldClaim claim, long client, HoldGrant first, Execute request) {
        Outcome outcome = claim == null
                ? executeBeforeReturn(client, first, request)
                : executeAfterReturn(claim, first, request.op());
        boolean isLost = outcome.status() == Outcome.Status.HOLD_LOST;
        context.happened(isLost ? LeaderEvent.EARLIER_HOLD_REFUSED : LeaderEvent.EARLIER_HOLD_USED);
        return outcome;
    }

    /** The request is here before its client came to ask for its hold again. */
    private Outcome executeBeforeReturn(long client, HoldGrant first, Execute request) {
        RecordKey name = new RecordKey(request.cache(), request.op().key());
        HoldClaim.Id id = new HoldClaim.Id(client, first.hold());
        HoldClaim claim = new HoldClaim(id, context.self(), name, HoldKind.LOAD, first.ballot(), desk);
        SlotLeader slotLeader = leaders.of(request.cache());
        if (!earlier.mayReturn(first.ballot()) || !slotLeader.tryHold(claim.ticket())) {
            return Outcome.holdLost();
        }
        Outcome outcome = executeUndisturbed(claim, first, request.op());
        slotLeader.release(claim.ticket(), null, context.nowMillis());
        return outcome;
    }

    private Outcome executeAfterReturn(HoldClaim claim, HoldGrant first, EntryOp op) {
        Outcome outcome = claim.isEarlier() ? executeUndisturbed(claim, first, op) : Outcome.holdLost();
        if (outcome.status() == Outcome.Status.HOLD_LOST && claim.isGranted()) {
            leaders.of(claim.name().cache()).breakLoad(claim.name().key(), context.nowMillis());
        }
        claim.stored |= outcome.applied();
        return outcome;
    }

    private Outcome executeUndisturbed(HoldClaim claim, HoldGrant first, EntryOp op) {
        return earlier.isUndisturbed(claim.name(), first) ? execute(claim, op) : Outcome.holdLost();
    }
}
