package dev.hypercache.runtime.ring;

import dev.hypercache.core.move.MoveCounts;
import dev.hypercache.core.move.MoveLimits;
import dev.hypercache.core.move.Moves;

/** The transfers of a node, whose slots share them: each slot has its own lock, so this has one, too, which is taken last. */
final class GuardedMoves extends Moves {

    GuardedMoves(MoveLimits limits) {
        super(limits);
    }

    @Override
    public synchronized boolean begin(int slot, int receiver) {
        return super.begin(slot, receiver);
    }

    @Override
    public synchronized void completed(int slot, int receiver) {
        super.completed(slot, receiver);
    }

    @Override
    public synchronized void failed(int slot, int receiver) {
        super.failed(slot, receiver);
    }

    @Override
    public synchronized boolean take(long size, boolean again, long nowMillis) {
        return super.take(size, again, nowMillis);
    }

    @Override
    public synchronized MoveCounts counts() {
        return super.counts();
    }
}
