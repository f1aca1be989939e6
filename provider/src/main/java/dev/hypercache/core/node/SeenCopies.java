package dev.hypercache.core.node;

import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.OpToken;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which copies of which mutations a slot's node has dealt with, so that it deals with each one once.
 *
 * <p>A copy that was refused must not be performed when the network repeats it, for its caller counts on that; nor one that
 * changed nothing, for no version remembers it. What its client asks for no more is forgotten at once and never taken in
 * again; of a client that is silent nothing is known any more when all its tokens are refused as too old. Bounded by {@link
 * #REQUESTS_MAX}: beyond it a request is not taken in, as if it had been lost. Confined to its slot.
 */
final class SeenCopies {

    /** The most requests that are remembered. */
    static final int REQUESTS_MAX = 100_000;

    private static final long STEP_MILLIS = 500;

    /** A few lives of members. */
    private final Map<Long, Client> clients = new LinkedHashMap<>();

    private int size;
    private long forgottenMillis;

    /** What one client asked for. */
    private static final class Client {

        /** The attempts of each mutation, by sequence, that the client may still ask for. */
        private final SortedMap<Long, BitSet> attempts = new TreeMap<>();

        private long lowestUnanswered;
        private long newestIssuedAtMillis = Long.MIN_VALUE;

        /** Forgets what the client does not ask for any more; tells how many mutations that were. */
        int answered(long below) {
            if (below <= lowestUnanswered) {
                return 0;
            }
            lowestUnanswered = below;
            SortedMap<Long, BitSet> answered = attempts.headMap(below);
            int forgotten = answered.size();
            answered.clear();
            return forgotten;
        }
    }

    /** Whether this copy is to be dealt with. */
    boolean takesIn(RequestHead head, long oldestTokenMillis) {
        OpToken token = head.token();
        if (token == null) {
            return true;
        }
        forget(oldestTokenMillis);
        Client client = clients.computeIfAbsent(token.client(), unused -> new Client());
        client.newestIssuedAtMillis = Math.max(client.newestIssuedAtMillis, token.issuedAtMillis());
        size -= client.answered(head.lowestUnanswered());
        if (token.sequence() < client.lowestUnanswered) {
            return false;
        }
        BitSet attempts = client.attempts.get(token.sequence());
        if (attempts == null) {
            if (size >= REQUESTS_MAX) {
                return false;
            }
            attempts = new BitSet();
            client.attempts.put(token.sequence(), attempts);
            size++;
        }
        boolean isNew = !attempts.get(head.attempt());
        attempts.set(head.attempt());
        return isNew;
    }

    /** Forgets the clients whose tokens are all refused by now. */
    private void forget(long oldestTokenMillis) {
        if (oldestTokenMillis < forgottenMillis + STEP_MILLIS) {
            return;
        }
        forgottenMillis = oldestTokenMillis;
        clients.values().removeIf(client -> {
            boolean isSilent = client.newestIssuedAtMillis < oldestTokenMillis;
            size -= isSilent ? client.attempts.size() : 0;
            return isSilent;
        });
    }

    /** How many mutations are remembered. */
    int size() {
        return size;
    }
}
