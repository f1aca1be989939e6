package dev.hypercache.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When faults happen, and that all of them end.
 *
 * <p>Faults are drawn one after the other and numbered from 1. Each has dice of its own, so leaving one out changes neither
 * when others happen nor what they are, only what they meet.
 */
final class Chaos implements Mischief.Undoing {

    private final SimRing ring;
    private final Mover mover;
    private final Suspicions suspicions;
    private final Chance chance;
    private final Mischief mischief;
    private final @Nullable BitSet only;
    private final long everyMillisMost;
    private final List<Runnable> ends = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();
    private final BitSet numbers = new BitSet();
    private int drawn;
    private boolean over;

    Chaos(SimRing ring, Mover mover, Suspicions suspicions, Chance chance, SimCase what, long everyMillisMost) {
        this.ring = ring;
        this.mover = mover;
        this.suspicions = suspicions;
        this.chance = chance;
        this.mischief = new Mischief(ring, mover, suspicions, what, this);
        this.only = what.only();
        this.everyMillisMost = everyMillisMost;
    }

    int count() {
        return happened.size();
    }

    /** The numbers of the faults that happened. */
    BitSet numbers() {
        return numbers;
    }

    /** What happened, in order, by number and time. */
    List<String> story() {
        return happened;
    }

    void start() {
        if (mischief.isPossible()) {
            next();
        }
    }

    private void next() {
        ring.queue().afterMillis(chance.between(everyMillisMost / 24, everyMillisMost), () -> {
            if (!over) {
                draw();
                next();
            }
        });
    }

    private void draw() {
        drawn++;
        Chance own = chance.split();
        if (only != null && !only.get(drawn)) {
            return;
        }
        String what = mischief.happen(own);
        if (what != null) {
            numbers.set(drawn);
            happened.add("#" + drawn + " at " + ring.queue().nowMillis() + " ms: " + what);
        }
    }

    @Override
    public void during(long millis, Runnable begin, Runnable end) {
        begin.run();
        ends.add(end);
        ring.queue().afterMillis(millis, () -> {
            if (ends.remove(end)) {
                end.run();
            }
        });
    }

    /** Everything works again from now on. */
    void mend() {
        over = true;
        List<Runnable> open = new ArrayList<>(ends);
        ends.clear();
        open.forEach(Runnable::run);
        ring.network().weather(0, 0, false);
        ring.topology().stall(false);
        mover.calmDown();
        for (SimNode node : ring.live()) {
            suspicions.slander(node.id(), new BitSet());
            ring.network().slowDown(node.id(), false);
            node.resume();
        }
    }
}
