package dev.hypercache.core.node;

import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.OpToken;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which copies of which mutations a slot's node has dealt with, so that it deals with each one once.
 *
 * <p>A copy that was refused must not be performed when the network repeats it, for its caller counts on that; nor one that
 * changed nothing, for no version remembers it. A copy is forgotten when its token is refused as too old anyway. Bounded
 * by {@link #REQUESTS_MAX}: beyond it a request is not taken in, as if it had been lost. Confined to its slot.
 */
final class SeenCopies {

    /** The most requests that are remembered. */
    static final int REQUESTS_MAX = 100_000;

    private record Request(long client, long sequence) {}

    private record Copies(OpToken token, BitSet attempts) {}

    private final Map<Request, Copies> seen = new LinkedHashMap<>();

    /** Whether this copy is to be dealt with. */
    boolean takesIn(RequestHead head, long oldestTokenMillis) {
        OpToken token = head.token();
        if (token == null) {
            return true;
        }
        forget(oldestTokenMillis);
        Request request = new Request(token.client(), token.sequence());
        Copies copies = seen.get(request);
        if (copies == null) {
            if (seen.size() >= REQUESTS_MAX) {
                return false;
            }
            copies = new Copies(token, new BitSet());
            seen.put(request, copies);
        }
        boolean isNew = !copies.attempts.get(head.attempt());
        copies.attempts.set(head.attempt());
        return isNew;
    }

    /** In the order of arrival, up to the first that is young enough: nearly that of their issue. */
    private void forget(long oldestTokenMillis) {
        for (Iterator<Copies> each = seen.values().iterator(); each.hasNext(); ) {
            if (each.next().token.issuedAtMillis() >= oldestTokenMillis) {
                return;
            }
            each.remove();
        }
    }

    int size() {
        return seen.size();
    }
}
