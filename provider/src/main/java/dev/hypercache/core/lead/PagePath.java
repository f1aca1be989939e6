package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskPage;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.KeyPage;
import dev.hypercache.core.replica.SlotState;
import java.util.function.IntConsumer;

/**
 * How a leader tells which keys a cache has in its slot, page by page ({@link KeyPage}).
 *
 * <p>A key whose last write is under way is told as well, be it a removal: that may yet come to nothing. Confined to its slot.
 */
final class PagePath {

    private final LeaderContext context;
    private final CacheLeaders leaders;
    private final SlotState state;
    private final Replication replication;
    private final Answers answers;
    private final IntConsumer writeLost;

    /**
     * @param writeLost has versions written for the loads of a cache that lost their holds
     */
    PagePath(
            LeaderContext context,
            CacheLeaders leaders,
            Replication replication,
            Answers answers,
            IntConsumer writeLost) {
        this.context = context;
        this.leaders = leaders;
        this.state = context.state();
        this.replication = replication;
        this.answers = answers;
        this.writeLost = writeLost;
    }

    /** Tells the keys from a hash on. */
    void tell(int caller, AskPage ask) {
        if (ask.breaksHolds()) {
            leaders.of(ask.cache()).breakHolds(context.nowMillis());
            writeLost.accept(ask.cache()); // Their keys are told, so that who removes all keys waits for that.
        }
        int cache = ask.cache();
        KeyPage page =
                KeyPage.of(state.replica(cache), ask.from(), (key, held) -> isToldOf(new RecordKey(cache, key), held));
        answers.tellPage(caller, ask, page);
    }

    private boolean isToldOf(RecordKey name, StoredRecord held) {
        boolean isLive = !held.isTombstone() && !held.isExpiredAt(state.slotTimeMillis());
        return isLive || replication.proposals().latest(name) != null;
    }
}
