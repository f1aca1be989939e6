package dev.hypercache.core.leaderless;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Stored;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.StoredRecord;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records of this replica that others refuse because they are from the future.
 *
 * <p>They were written while this node's idea of the time was wrong, as after it was cut off with a clock far ahead. Nobody whose
 * clock is right takes them until time has caught up with them. Once a majority of the replicas has refused one, this one
 * perhaps among them by now, it gets a version of the present, so that it takes part in the order as if it had been written now.
 */
final class FutureRecords {

    /** The most records whose refusals are counted; beyond it counting begins anew. */
    private static final int RECORDS_MAX = 1_000;

    private record Refused(HybridVersion version, BitSet by) {}

    private final LeaderlessContext context;
    private final Spread spread;
    private final Map<RecordKey, Refused> refused = new LinkedHashMap<>();

    FutureRecords(LeaderlessContext context, Spread spread) {
        this.context = context;
        this.spread = spread;
    }

    /** A peer refused a record; whoever else lacks it is asked as well. */
    void on(int from, Stored stored) {
        RecordKey name = stored.name();
        StoredRecord held = context.copy().held(name, context.timeMillis());
        if (held == null || !held.hybridVersion().equals(stored.version())) {
            refused.remove(name);
            return;
        }
        Refused known = refused.get(name);
        if (known == null || !known.version().equals(stored.version())) {
            if (refused.size() >= RECORDS_MAX) {
                refused.clear();
            }
            known = new Refused(stored.version(), new BitSet());
            refused.put(name, known);
            spread.record(name, held);
        }
        known.by().set(from);
        known.by().set(context.self(), context.isAhead(stored.version().stamp()));
        if (context.configuration().isAcceptQuorum(known.by())) {
            refused.remove(name);
            HybridVersion version = context.mint(context.copy().leastOf(name.cache()));
            if (context.isAhead(version.stamp())) {
                return; // It was promised, or cleared, up to there: time has to come.
            }
            context.copy().rename(name, held, version);
            spread.renamed(name, version);
            context.happened(LeaderlessEvent.LEADERLESS_SKEW_RENAMED);
        }
    }
}
