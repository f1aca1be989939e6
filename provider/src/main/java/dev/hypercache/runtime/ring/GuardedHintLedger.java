package dev.hypercache.runtime.ring;

import dev.hypercache.core.hint.HintCounts;
import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.hint.HintLimits;

/** The ledger that a node's slots share: each of them has its own lock, so it has one, too. Taken last, and held for a moment. */
final class GuardedHintLedger extends HintLedger {

    GuardedHintLedger(HintLimits limits) {
        super(limits);
    }

    @Override
    public synchronized boolean queue(int member, long size) {
        return super.queue(member, size);
    }

    @Override
    public synchronized void replayed(int member, long size) {
        super.replayed(member, size);
    }

    @Override
    public synchronized void expired(int member, long size) {
        super.expired(member, size);
    }

    @Override
    public synchronized void dropped(int member, long count, long size) {
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
