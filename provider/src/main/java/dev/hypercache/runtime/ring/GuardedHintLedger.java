package dev.hypercache.runtime.ring;

import dev.hypercache.core.hint.HintCounts;
import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.hint.HintLimits;

/**
 * The ledger that a node's slots share: each of them has its own lock, so it has one, too, which is taken last and held for a
 * moment.
 */
final class GuardedHintLedger extends HintLedger {

    private final RingMetrics metrics;

    GuardedHintLedger(HintLimits limits, RingMetrics metrics) {
        super(limits);
        this.metrics = metrics;
    }

    @Override
    public synchronized boolean queue(int member, long size) {
        metrics.hintQueued();
        boolean isKept = super.queue(member, size);
        if (!isKept) {
            metrics.hintsDropped(1);
        }
        return isKept;
    }

    @Override
    public synchronized void replayed(int member, long size) {
        metrics.hintReplayed();
        super.replayed(member, size);
    }

    @Override
    public synchronized void expired(int member, long size) {
        metrics.hintExpired();
        super.expired(member, size);
    }

    @Override
    public synchronized void dropped(int member, long count, long size) {
        metrics.hintsDropped(count);
        super.dropped(member, count, size);
    }

    @Override
    public synchronized boolean take(int member, long size) {
        return super.take(member, size);
    }

    @Override
    public synchronized void arrived(int member, long size) {
        super.arrived(member, size);
    }

    @Override
    public synchronized void lost(int member, long size) {
        super.lost(member, size);
    }

    @Override
    public synchronized void given(int member, long size) {
        super.given(member, size);
    }

    @Override
    public synchronized long underWay(int member) {
        return super.underWay(member);
    }

    @Override
    public synchronized long pending(int member) {
        return super.pending(member);
    }

    @Override
    public synchronized HintCounts counts() {
        return super.counts();
    }
}
