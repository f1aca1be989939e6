package dev.hypercache.core.leaderless;

import dev.hypercache.core.message.ClearStored;
import dev.hypercache.core.message.Filled;
import dev.hypercache.core.message.HolderHead;
import dev.hypercache.core.message.HybridPage;
import dev.hypercache.core.message.HybridRead;
import dev.hypercache.core.message.ReadHybrid;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Store;
import dev.hypercache.core.message.StoreClear;
import dev.hypercache.core.message.Stored;
import dev.hypercache.core.message.Stored.Verdict;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.replica.ApplyResult;
import java.util.List;

/** What a replica says to those who bring records and who read. */
final class Receiving {

    private final LeaderlessContext context;
    private final Spread spread;

    Receiving(LeaderlessContext context, Spread spread) {
        this.context = context;
        this.spread = spread;
    }

    /** Somebody brings a record. */
    void on(int from, Store store) {
        heardHolder(from, store.holder());
        RecordKey name = store.name();
        HybridVersion version = store.record().hybridVersion();
        HybridVersion before = context.copy().standing(name);
        Verdict verdict = verdictOf(from, store.holder(), version, before);
        if (verdict == Verdict.INSTALLED) {
            ApplyResult result = context.copy().apply(name, store.record(), context.timeMillis());
            verdict = result == ApplyResult.INSTALLED || before.equals(version)
                    ? Verdict.INSTALLED
                    : result == ApplyResult.BELOW_FLOOR ? Verdict.BELOW_FLOOR : Verdict.STALE;
            if (verdict == Verdict.BELOW_FLOOR) {
                context.happened(LeaderlessEvent.LEADERLESS_BELOW_FLOOR);
            }
        }
        if (verdict == Verdict.STALE) {
            spread.missed(from, name, before); // It is brought to the sender if it has not heard of it by then.
        }
        boolean isInItsWay = verdict == Verdict.STALE || verdict == Verdict.BELOW_FLOOR;
        context.send(
                from, new Stored(context.slot(), context.own(), name, version, verdict, isInItsWay ? before : version));
    }

    /** Whoever reads may bring a record as well; only holders' clocks count. */
    void heardHolder(int from, HolderHead head) {
        if (context.configuration().holders().contains(from)) {
            context.heard(from, head);
        }
    }

    /**
     * Whether what comes is to be looked at: INSTALLED if so.
     *
     * @param standing what stands here already: nothing up to there, nor shortly after, is from the future
     */
    private Verdict verdictOf(int from, HolderHead head, HybridVersion version, HybridVersion standing) {
        if (!context.isMeant(head)) {
            return Verdict.REFUSED;
        }
        boolean isAhead = !context.observe(version.stamp(), standing.stamp());
        if (isAhead && context.copy().isComplete() && !context.isLeaving(from)) {
            context.happened(LeaderlessEvent.LEADERLESS_SKEW_REFUSED);
            return Verdict.CLOCK_SKEW;
        }
        return Verdict
                .INSTALLED; // A copy that is being filled takes what complete ones hold, and who leaves takes nothing
        // along.
    }

    /** Somebody brings a clear. */
    void on(int from, StoreClear clear) {
        heardHolder(from, clear.holder());
        Verdict verdict =
                verdictOf(from, clear.holder(), clear.version(), context.copy().leastOf(clear.cache()));
        if (verdict == Verdict.INSTALLED) {
            context.copy().clear(clear.cache(), clear.version());
        }
        context.send(from, new ClearStored(context.slot(), context.own(), clear.cache(), clear.version(), verdict));
    }

    /** Somebody reads here. */
    void on(int from, ReadHybrid read) {
        boolean isRefused = read.epoch() != context.configuration().epoch();
        HybridRead answer = new HybridRead(
                context.slot(),
                read.request(),
                isRefused,
                context.copy().isComplete(),
                context.own(),
                context.copy().held(read.name(), context.timeMillis()),
                context.copy().clearOf(read.name().cache()));
        context.send(from, answer);
    }

    /** A complete holder has sent everything that it holds. */
    void on(int from, Filled filled) {
        context.heard(from, filled.holder());
        if (!context.isMeant(filled.holder())) {
            return;
        }
        LeaderlessCopy copy = context.copy();
        if (!copy.isComplete()) {
            context.promise(filled.promise());
            copy.complete();
            spread.peers().forEach(Peer::compareAnew); // What was found before said nothing of what came since.
            copy.raiseFloor(filled.floor());
        }
        context.send(from, new HybridPage(context.slot(), context.own(), 0, 0, 0, copy.isComplete(), List.of()));
    }
}
