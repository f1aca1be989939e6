package dev.hypercache.runtime.ring;

import dev.hypercache.core.move.MoveCounts;
import dev.hypercache.core.move.MoveLimits;
import dev.hypercache.core.move.Moves;
import java.util.BitSet;

/**
 * The transfers of a node, whose slots share them: each slot has its own lock, so this has one, too, which is taken last.
 *
 * <p>Knows which slots were refused, so that the next one begins when one ends, and not when somebody comes round to it.
 */
final class GuardedMoves extends Moves {

    /** No slot. */
    static final int NONE = -1;

    private final BitSet waiting = new BitSet();
    private Runnable freed = () -> {};
    private int turn;

    GuardedMoves(MoveLimits limits) {
        super(limits);
    }

    /** From now on somebody is told when there is room for slots that wait; inside the lock of another slot, so not for long. */
    synchronized void whenFreed(Runnable newFreed) {
        freed = newFreed;
    }

    /** A slot that was refused and may try again now; {@link #NONE} if there is none, or no room. */
    synchronized int nextWaiting() {
        if (waiting.isEmpty() || !hasRoom()) {
            return NONE;
        }
        int next = waiting.nextSetBit(turn);
        int slot = next >= 0 ? next : waiting.nextSetBit(0);
        waiting.clear(slot);
        turn = slot + 1;
        return slot;
    }

    private void tellIfFreed() {
        if (!waiting.isEmpty() && hasRoom()) {
            freed.run();
        }
    }

    @Override
    public synchronized boolean begin(int slot, int receiver) {
        boolean begins = super.begin(slot, receiver);
        if (!begins) {
            waiting.set(slot);
        }
        return begins;
    }

    @Override
    public synchronized void completed(int slot, int receiver) {
        super.completed(slot, receiver);
        tellIfFreed();
    }

    @Override
    public synchronized void failed(int slot, int receiver) {
        super.failed(slot, receiver);
        tellIfFreed();
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
