package dev.hypercache.topology.raft;

import dev.hypercache.spi.topology.AppendOutcome;
import org.jspecify.annotations.Nullable;

/** Appends one change by any means: proposes behind what its author knows until it is read, which may be of an attempt given up. */
final class LabAppend {

    private static final long TIMEOUT_MILLIS = 1_500;
    private static final long PAUSE_MILLIS = 30;

    private final LabNode author;
    private final String change;
    private boolean underWay;
    private boolean done;
    private long retryAtMillis;

    LabAppend(LabNode author, String change) {
        this.author = author;
        this.change = change;
    }

    boolean isDone(long nowMillis) {
        done |= author.has(change);
        if (!done && author.isUp() && !underWay && nowMillis >= retryAtMillis) {
            underWay = true;
            var unused = author.log()
                    .append(author.index(), Lab.payload(change), TIMEOUT_MILLIS)
                    .whenComplete((outcome, failure) -> ended(outcome));
        }
        return done;
    }

    private void ended(@Nullable AppendOutcome outcome) {
        underWay = false;
        retryAtMillis = author.lab().nowMillis() + PAUSE_MILLIS;
        if (outcome instanceof AppendOutcome.Appended appended) {
            author.lab().ledger.acknowledged(appended.index(), change);
            done = true;
        }
    }
}
