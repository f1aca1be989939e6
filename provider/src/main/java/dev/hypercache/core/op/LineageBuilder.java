package dev.hypercache.core.op;

import dev.hypercache.core.op.Lineage.Applied;
import dev.hypercache.core.op.Lineage.Forgotten;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the mutations of a lineage in their order, and its marks in theirs. For one lineage. */
public final class LineageBuilder {

    int mutations;
    int marks;
    long newestIssuedAtMillis = Long.MIN_VALUE;

    long client;
    long sequence;
    long issuedAtMillis;

    @Nullable
    Outcome outcome;

    long markClient;
    long markSequence;
    long markIssuedAtMillis;

    List<Applied> furtherApplied = List.of();
    List<Forgotten> furtherForgotten = List.of();

    /** One mutation more. */
    public LineageBuilder applied(OpToken token, Outcome itsOutcome) {
        applied(token.client(), token.sequence(), token.issuedAtMillis(), itsOutcome);
        return this;
    }

    void applied(long itsClient, long itsSequence, long itsIssuedAtMillis, Outcome itsOutcome) {
        if (mutations == 0) {
            client = itsClient;
            sequence = itsSequence;
            issuedAtMillis = itsIssuedAtMillis;
            outcome = itsOutcome;
        } else {
            OpToken token = new OpToken(itsClient, itsSequence, itsIssuedAtMillis);
            furtherApplied = longer(furtherApplied, new Applied(token, itsOutcome));
        }
        mutations++;
        newestIssuedAtMillis = Math.max(newestIssuedAtMillis, itsIssuedAtMillis);
    }

    /** One mark more. */
    public LineageBuilder forgotten(OpToken newest) {
        forgotten(newest.client(), newest.sequence(), newest.issuedAtMillis());
        return this;
    }

    void forgotten(long itsClient, long itsSequence, long itsIssuedAtMillis) {
        if (marks == 0) {
            markClient = itsClient;
            markSequence = itsSequence;
            markIssuedAtMillis = itsIssuedAtMillis;
        } else {
            OpToken newest = new OpToken(itsClient, itsSequence, itsIssuedAtMillis);
            furtherForgotten = longer(furtherForgotten, new Forgotten(newest));
        }
        marks++;
        newestIssuedAtMillis = Math.max(newestIssuedAtMillis, itsIssuedAtMillis);
    }

    /** A list that was made here with one thing more. */
    private static <T> List<T> longer(List<T> list, T one) {
        if (list.isEmpty()) {
            return List.of(one);
        }
        List<T> longer = list.size() == 1 ? new ArrayList<>(list) : list;
        longer.add(one);
        return longer;
    }

    /** The lineage; nothing is taken any more then. */
    public Lineage build() {
        return mutations + marks == 0 ? Lineage.EMPTY : new Lineage(this);
    }
}
