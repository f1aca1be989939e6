package dev.hypercache.core.leaderless;

import dev.hypercache.core.message.ClearStored;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Stored;
import dev.hypercache.core.record.HybridClock;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.StoredRecord;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records and clears of this replica that others refuse because they are from the future.
 *
 * <p>They were written while this node's idea of the time was wrong, as after it was cut off with a clock far ahead. Nobody whose
 * clock is right takes them until time has caught up with them. Once a majority of the replicas has refused one, this one
 * perhaps among them by now, it gets a version of the present, so that it takes part in the order as if it had been written now.
 */
final class FutureRecords {

    /** The most records whose refusals are counted at once; others wait for their next refusal. */
    private static final int RECORDS_MAX = 1_000;

    /** So long nobody is asked again about a record: each question brings as many refusals as there are peers. */
    private static final long ASK_MILLIS = 1_000;

    private record Refused(HybridVersion version, BitSet by, long askedAtMillis) {}

    private final LeaderlessContext context;
    private final Spread spread;
    /** By the key of a record, or the cache of a clear. */
    private final Map<Object, Refused> refused = new LinkedHashMap<>();

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
        if (isNew(name, stored.version())) {
            spread.record(name, held);
        }
        if (isRefusedByMajority(from, name, stored.version())) {
            HybridVersion version = context.mint(context.copy().leastOf(name.cache()));
            if (!isWorthIt(stored.version(), version)) {
                return;
            }
            context.copy().rename(name, held, version);
            spread.renamed(name, version);
            context.happened(LeaderlessEvent.LEADERLESS_SKEW_RENAMED);
        }
    }

    /** A peer refused a clear; whoever else lacks it is asked as well. */
    void on(int from, ClearStored stored) {
        Integer cache = stored.cache();
        if (!context.copy().clearOf(cache).equals(stored.version())) {
            refused.remove(cache);
            return;
        }
        if (isNew(cache, stored.version())) {
            spread.clear(cache, stored.version());
        }
        if (isRefusedByMajority(from, cache, stored.version())) {
            HybridVersion version = context.mint(HybridVersion.NONE);
            if (!isWorthIt(stored.version(), version)) {
                return;
            }
            context.copy().renameClear(cache, version);
            spread.renamedClear(cache, version);
            context.happened(LeaderlessEvent.LEADERLESS_SKEW_RENAMED);
        }
    }

    /**
     * Whether a new version helps: not if it is of the future itself, because so much was promised or cleared, nor if the old
     * one is not far away any more.
     */
    private boolean isWorthIt(HybridVersion before, HybridVersion now) {
        long aheadMillis = HybridClock.millisOf(before.stamp()) - HybridClock.millisOf(now.stamp());
        return !context.isAhead(now.stamp()) && aheadMillis >= context.limits().offsetMaxMillis() / 2;
    }

    private boolean isNew(Object name, HybridVersion version) {
        Refused known = refused.get(name);
        if (known != null && known.version().equals(version) && isUnderWay(known)) {
            return false;
        }
        refused.remove(name);
        if (refused.size() >= RECORDS_MAX) {
            refused.values().removeIf(one -> !isUnderWay(one));
        }
        if (refused.size() >= RECORDS_MAX) {
            return false;
        }
        refused.put(name, new Refused(version, new BitSet(), context.nowMillis()));
        return true;
    }

    private boolean isUnderWay(Refused one) {
        return context.nowMillis() - one.askedAtMillis() < ASK_MILLIS;
    }

    private boolean isRefusedByMajority(int from, Object name, HybridVersion version) {
        Refused known = refused.get(name);
        if (known == null) {
            return false;
        }
        known.by().set(from);
        known.by().set(context.self(), context.isAhead(version.stamp()));
        boolean byMajority = context.configuration().isAcceptQuorum(known.by());
        if (byMajority) {
            known.by().clear();
        }
        return byMajority;
    }
}
