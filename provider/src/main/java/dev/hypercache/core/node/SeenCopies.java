package dev.hypercache.core.node;

import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.OpToken;
import java.util.Arrays;

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

    private static final ClientCopies[] NONE = {};

    /** A few lives of members. */
    private ClientCopies[] clients = NONE;

    private int size;
    private long forgottenMillis;

    /** Whether this copy is to be dealt with. */
    boolean takesIn(RequestHead head, long oldestTokenMillis) {
        OpToken token = head.token();
        if (token == null) {
            return true;
        }
        forget(oldestTokenMillis);
        ClientCopies client = of(token.client());
        client.issuedAt(token.issuedAtMillis());
        size -= client.answered(head.lowestUnanswered());
        if (client.isAnswered(token.sequence())) {
            return false;
        }
        if (!client.contains(token.sequence())) {
            if (size >= REQUESTS_MAX) {
                return false;
            }
            client.add(token.sequence());
            size++;
        }
        return client.see(token.sequence(), head.attempt());
    }

    private ClientCopies of(long client) {
        for (ClientCopies known : clients) {
            if (known.client() == client) {
                return known;
            }
        }
        ClientCopies known = new ClientCopies(client);
        clients = Arrays.copyOf(clients, clients.length + 1);
        clients[clients.length - 1] = known;
        return known;
    }

    /** Forgets the clients whose tokens are all refused by now. */
    private void forget(long oldestTokenMillis) {
        if (oldestTokenMillis < forgottenMillis + STEP_MILLIS) {
            return;
        }
        forgottenMillis = oldestTokenMillis;
        int kept = 0;
        for (ClientCopies client : clients) {
            if (client.isSilentSince(oldestTokenMillis)) {
                size -= client.size();
            } else {
                clients[kept++] = client;
            }
        }
        clients = kept == clients.length ? clients : Arrays.copyOf(clients, kept);
    }

    /** How many mutations are remembered. */
    int size() {
        return size;
    }
}
