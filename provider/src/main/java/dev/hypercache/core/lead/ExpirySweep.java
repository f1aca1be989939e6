package dev.hypercache.core.lead;

import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotState;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Removes the entries of a slot whose time is over, asked or not, as an operation would that comes across them.
 *
 * <p>Begins when the leader holds every record of the slot; files what is there then, once, and what is written later as it
 * is written. Confined to its slot.
 */
final class ExpirySweep {

    /** The most entries that one tick removes; what is left is removed by the next ones. */
    static final int ENTRIES_MAX = 256;

    /** The most proposals that may be open for an entry more to be removed: without a majority nothing is gained by that. */
    private static final int PROPOSALS_MAX = 1_024;

    private final LeaderContext context;
    private final SlotState state;
    private final CacheLeaders leaders;
    private final Replication replication;
    private final Consumer<RecordKey> expire;
    private boolean filed;
    private boolean more;

    /**
     * @param expire removes an entry whose time is over
     */
    ExpirySweep(LeaderContext context, CacheLeaders leaders, Replication replication, Consumer<RecordKey> expire) {
        this.context = context;
        this.state = context.state();
        this.leaders = leaders;
        this.replication = replication;
        this.expire = expire;
    }

    /**
     * Removes what is due.
     *
     * @param knowsRecords whether every record of the slot is held here
     */
    void tick(boolean knowsRecords) {
        if (!knowsRecords) {
            return;
        }
        if (!filed) {
            filed = true;
            fileAll();
        }
        leaders.recent().forget(context.nowMillis());
        int room = Math.min(ENTRIES_MAX, PROPOSALS_MAX - replication.proposals().size());
        List<RecordKey> due = leaders.expiries().takeDue(state.slotTimeMillis(), Math.max(0, room));
        more = due.size() == ENTRIES_MAX;
        due.forEach(this::look);
    }

    private void fileAll() {
        for (KeyVersion one : state.contents().versions()) {
            StoredRecord held = held(one.name());
            if (held != null && held.expiresAtMillis() != StoredRecord.NEVER) {
                leaders.expiries().file(one.name(), held.expiresAtMillis());
            }
        }
    }

    private @Nullable StoredRecord held(RecordKey name) {
        return state.replica(name.cache()).get(name.key());
    }

    private void look(RecordKey name) {
        StoredRecord held = held(name);
        if (held == null || held.expiresAtMillis() == StoredRecord.NEVER) {
            return;
        }
        if (held.isExpiredAt(state.slotTimeMillis())) {
            context.happened(LeaderEvent.EXPIRED_UNASKED);
            expire.accept(name);
        } else {
            leaders.expiries().file(name, held.expiresAtMillis());
        }
    }

    /** Whether entries are known to be due still. */
    boolean isBehind() {
        return more;
    }
}
