package dev.hypercache.core.coordinate;

import dev.hypercache.core.op.OpToken;
import java.util.TreeSet;

/** Names the mutations of one client, and knows the lowest that it may still ask for. Bounded by its requests in flight. */
final class TokenSource {

    private final long client;
    private final TreeSet<Long> unanswered = new TreeSet<>();
    private long last;

    TokenSource(long client) {
        this.client = client;
    }

    OpToken next(long issuedAtMillis) {
        last++;
        unanswered.add(last);
        return new OpToken(client, last, issuedAtMillis);
    }

    /** The client never asks for the mutation again. */
    void answered(OpToken token) {
        unanswered.remove(token.sequence());
    }

    long lowestUnanswered() {
        return unanswered.isEmpty() ? last + 1 : unanswered.first();
    }
}
