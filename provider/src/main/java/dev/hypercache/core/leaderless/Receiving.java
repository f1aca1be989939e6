package dev.hypercache.core.leaderless;

import dev.hypercache.core.message.ClearStored;
import dev.hypercache.core.message.Compare;
import dev.hypercache.core.message.Filled;
import dev.hypercache.core.message.HolderHead;
import dev.hypercache.core.message.HybridKey;
import dev.hypercache.core.message.HybridPage;
import dev.hypercache.core.message.HybridRead;
import dev.hypercache.core.message.ReadHybrid;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Store;
import dev.hypercache.core.message.StoreClear;
import dev.hypercache.core.message.Stored;
import dev.hypercache.core.message.Stored.Verdict;
import dev.hypercache.core.message.VersionPage;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.replica.ApplyResult;
import java.util.List;

/** What a replica says to those who bring records, who compare themselves with it, and who read. */
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
        Verdict verdict = verdictOf(store.holder(), version, before);
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
    private void heardHolder(int from, HolderHead head) {
        if (context.configuration().holders().contains(from)) {
            context.heard(from, head);
        }
    }

    /**
     * Whether what comes is to be looked at: INSTALLED if so.
     *
     * @param standing what stands here already: nothing up to there, nor shortly after, is from the future
     */
    private Verdict verdictOf(HolderHead head, HybridVersion version, HybridVersion standing) {
        if (!context.isMeant(head)) {
            return Verdict.REFUSED;
        }
        boolean isAhead = !context.observe(version.stamp(), standing.stamp());
        if (isAhead && context.copy().isComplete()) {
            context.happened(LeaderlessEvent.LEADERLESS_SKEW_REFUSED);
            return Verdict.CLOCK_SKEW;
        }
        return Verdict.INSTALLED; // A copy that is being filled takes what complete ones hold.
    }

    /** Somebody brings a clear. */
    void on(int from, StoreClear clear) {
        heardHolder(from, clear.holder());
        Verdict verdict =
                verdictOf(clear.holder(), clear.version(), context.copy().leastOf(clear.cache()));
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

    /** Another holder asks what is held here. */
    void on(int from, Compare compare) {
        HolderHead head = compare.holder();
        heardHolder(from, head);
        LeaderlessCopy copy = context.copy();
        boolean isOfEpoch = head.epoch() == context.configuration().epoch();
        if (!isOfEpoch) {
            return;
        }
        if (compare.sum() == copy.sum() && compare.mix() == copy.mix()) {
            context.send(from, page(compare.attempt(), 0, 0, List.of()));
            return;
        }
        List<HybridKey> versions = copy.versions();
        int most = VersionPage.VERSIONS_MAX;
        int pages = Math.max(1, (versions.size() + most - 1) / most);
        for (int page = 0; page < pages; page++) {
            int to = Math.min(versions.size(), (page + 1) * most);
            context.send(from, page(compare.attempt(), page, pages, List.copyOf(versions.subList(page * most, to))));
        }
    }

    private HybridPage page(int attempt, int page, int pages, List<HybridKey> versions) {
        boolean isComplete = context.copy().isComplete();
        return new HybridPage(context.slot(), context.own(), attempt, page, pages, isComplete, versions);
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
            copy.raiseFloor(filled.floor(), context.timeMillis());
        }
        context.send(from, page(0, 0, 0, List.of()));
    }
}
