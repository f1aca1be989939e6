package dev.hypercache.core.lead;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;

/**
 * What a leader believes of the holds that an earlier one granted.
 *
 * <p>A new leader knows no holds. For a grace period it grants only those that were granted before, so that holders come back
 * to their keys. What a holder that comes back stores may rest on what it saw before: a load on the value it fetched, a processor
 * on the absence of the entry, which has no version. So it counts only if nothing was done to the key since it was granted,
 * not even a removal that found nothing. That is so if three things are:
 *
 * <ul>
 *   <li>Nobody led between whoever granted or renewed it and this leader, which those who promised can tell.
 *   <li>It comes within the grace period. Until that is over each mutation here writes, whether it changes something or not.
 *   <li>No version of the key and no clear of the cache is newer than the first grant. A leader that takes a hold away, by
 *       whatever, writes a version.
 * </ul>
 *
 * Confined to its slot.
 */
final class EarlierHolds {

    private final LeaderContext context;
    private final SlotState state;
    private long openedAtMillis = Long.MIN_VALUE;
    private boolean isOver;

    EarlierHolds(LeaderContext context) {
        this.context = context;
        this.state = context.state();
        Ballot ballot = Ballot.unpack(context.ballot());
        // The first ballot of the first epoch has no predecessor whose holders might come back.
        this.isOver = ballot.round() <= 1 && ballot.epoch() <= 1;
    }

    /** The slot is served from now on: the grace period begins. */
    void open() {
        if (openedAtMillis == Long.MIN_VALUE) {
            openedAtMillis = context.nowMillis();
        }
    }

    /** Whether holders of earlier leaders are waited for. */
    boolean isGrace() {
        if (!isOver) {
            isOver = openedAtMillis != Long.MIN_VALUE
                    && context.nowMillis() - openedAtMillis
                            >= context.holdLimits().graceMillis();
        }
        return !isOver;
    }

    /** Whether anybody may be granted a hold: the slot is served, and nobody is waited for. */
    boolean isOpen() {
        return openedAtMillis != Long.MIN_VALUE && !isGrace();
    }

    /** Whether a holder that was granted its key under this ballot last may go on. */
    boolean mayReturn(long heldSince) {
        return isGrace() && heldSince == context.predecessor();
    }

    /** Whether neither the key nor its cache was written since the grant. */
    boolean isUndisturbed(RecordKey name, HoldGrant first) {
        Version granted = GrantNumbers.versionAt(first.ballot(), first.number());
        StoredRecord held = state.replica(name.cache()).held(name.key());
        Version written = held == null ? floor() : held.version();
        ClearMark cleared = state.clearOf(name.cache());
        boolean isCleared = cleared != null && cleared.version().compareTo(granted) > 0;
        return written.compareTo(granted) <= 0 && !isCleared;
    }

    /** What was deleted up to here left no trace. */
    private Version floor() {
        Version found = context.floorFound();
        return state.floor().compareTo(found) > 0 ? state.floor() : found;
    }
}
