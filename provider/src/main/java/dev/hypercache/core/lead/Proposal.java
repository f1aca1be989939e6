package dev.hypercache.core.lead;

import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * One version that a leader has asked its followers to hold, a record's or a clear's.
 *
 * <p>Chosen when a majority holds it or a later one of the same name. Confined to its slot.
 */
final class Proposal {

    private final Version version;
    private final BitSet accepted = new BitSet();
    private List<PendingAnswer> waiting = List.of();
    private boolean chosen;

    Proposal(Version version) {
        this.version = version;
    }

    Version version() {
        return version;
    }

    /** A member holds this version or a later one. */
    void accepted(int member) {
        accepted.set(member);
    }

    /** Whether a majority holds it, which stays so. */
    boolean isChosen(SlotConfiguration configuration) {
        if (!chosen) {
            chosen = configuration.isAcceptQuorum(accepted);
        }
        return chosen;
    }

    /** Whether every voter holds it. */
    boolean isHeldByAll(SlotConfiguration configuration) {
        return configuration.targets().isCoveredBy(accepted);
    }

    /** An answer rests on this version. */
    void holdBack(PendingAnswer answer) {
        answer.waitForMore();
        add(answer);
    }

    /** Lets go the answers that need no more than what is accepted by now. */
    void release(SlotConfiguration configuration) {
        if (waiting.isEmpty() || !isChosen(configuration)) {
            return;
        }
        boolean all = isHeldByAll(configuration);
        List<PendingAnswer> released = waiting;
        waiting = List.of();
        for (PendingAnswer answer : released) {
            if (all || !answer.needsAll()) {
                answer.proceed();
            } else {
                add(answer);
            }
        }
    }

    private void add(PendingAnswer answer) {
        waiting = waiting.isEmpty() ? new ArrayList<>(1) : waiting;
        waiting.add(answer);
    }

    /** The answers that still wait. */
    List<PendingAnswer> waiting() {
        return waiting;
    }

    @Override
    public String toString() {
        return version + " accepted by " + accepted + (chosen ? ", chosen" : "");
    }
}
