package dev.hypercache.core.lead;

import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    private @Nullable Notice notice;

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

    /** What is told of the version once it is chosen, and before any answer that rests on it. */
    void announce(@Nullable Notice newNotice, SlotConfiguration configuration) {
        notice = newNotice;
        if (newNotice != null && isChosen(configuration)) {
            publish();
        }
    }

    private void publish() {
        Notice due = notice;
        if (due != null) {
            notice = null;
            due.publish();
        }
    }

    /** An answer rests on this version. */
    void holdBack(PendingAnswer answer) {
        answer.waitForMore();
        add(answer);
    }

    /** Lets go the answers that need no more than what is accepted by now. */
    void release(SlotConfiguration configuration) {
        if (!isChosen(configuration)) {
            return;
        }
        publish();
        if (waiting.isEmpty()) {
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
