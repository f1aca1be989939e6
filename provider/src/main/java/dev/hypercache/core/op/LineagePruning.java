package dev.hypercache.core.op;

/** Takes all of a lineage and gives what is left of it. For one lineage. See {@link Lineage#pruned}. */
final class LineagePruning {

    private final LineageBuilder left = new LineageBuilder();
    private final long client;
    private final long lowestUnanswered;
    private final long issuedAfterMillis;

    /** The mark of the client: it has the greatest sequence with the latest time of issue of all that it stands for. */
    private boolean hasMark;

    private long markSequence = Long.MIN_VALUE;
    private long markIssuedAtMillis = Long.MIN_VALUE;

    LineagePruning(long client, long lowestUnanswered, long issuedAfterMillis) {
        this.client = client;
        this.lowestUnanswered = lowestUnanswered;
        this.issuedAfterMillis = issuedAfterMillis;
    }

    void applied(long itsClient, long sequence, long issuedAtMillis, Outcome outcome) {
        if (issuedAtMillis < issuedAfterMillis) {
            return;
        }
        if (isAnswered(itsClient, sequence)) {
            mark(sequence, issuedAtMillis);
        } else {
            left.applied(itsClient, sequence, issuedAtMillis, outcome);
        }
    }

    void applied(OpToken token, Outcome outcome) {
        applied(token.client(), token.sequence(), token.issuedAtMillis(), outcome);
    }

    private boolean isAnswered(long itsClient, long sequence) {
        return itsClient == client && sequence < lowestUnanswered;
    }

    void forgotten(long itsClient, long sequence, long issuedAtMillis) {
        if (issuedAtMillis < issuedAfterMillis) {
            return;
        }
        if (itsClient == client) {
            mark(sequence, issuedAtMillis);
        } else {
            left.forgotten(itsClient, sequence, issuedAtMillis);
        }
    }

    void forgotten(OpToken newest) {
        forgotten(newest.client(), newest.sequence(), newest.issuedAtMillis());
    }

    private void mark(long sequence, long issuedAtMillis) {
        hasMark = true;
        markSequence = Math.max(markSequence, sequence);
        markIssuedAtMillis = Math.max(markIssuedAtMillis, issuedAtMillis);
    }

    /** What is left, when all was taken. */
    LineageBuilder left() {
        if (hasMark) {
            left.forgotten(client, markSequence, markIssuedAtMillis);
        }
        return left;
    }
}
