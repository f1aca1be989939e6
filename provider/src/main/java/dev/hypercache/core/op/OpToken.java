package dev.hypercache.core.op;

/**
 * Names one mutation, however often it is sent, so that it is applied once.
 *
 * @param client who asks: one life of one node or client, never reused
 * @param sequence the client's own counter, 1 or more
 * @param issuedAtMillis slot time when the client began; the token is refused when it is older than the token window
 */
public record OpToken(long client, long sequence, long issuedAtMillis) {

    /** Whether both name the same mutation; the time of issue does not matter. */
    public boolean isSame(OpToken other) {
        return client == other.client && sequence == other.sequence;
    }
}
