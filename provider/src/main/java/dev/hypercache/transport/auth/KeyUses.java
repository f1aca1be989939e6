package dev.hypercache.transport.auth;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When each key was last seen to sign, and by whom. Holds installed keys alone, so at most as many as may be installed. Safe for
 * use by any threads.
 */
final class KeyUses {

    private final Map<String, Use> last = new ConcurrentHashMap<>();

    /**
     * A request that somebody else signed and this node accepted.
     *
     * @param peer the address that it came from
     * @param atMillis when, in milliseconds since 1970-01-01T00:00Z
     */
    record Use(String peer, long atMillis) {}

    void note(String keyId, String peer, long nowMillis) {
        last.put(keyId, new Use(peer, nowMillis));
    }

    /** The last use of a key; null if there was none. */
    @Nullable
    Use of(String keyId) {
        return last.get(keyId);
    }

    /** Forgets all but these. */
    void retain(Set<String> keyIds) {
        last.keySet().retainAll(keyIds);
    }

    void forget(String keyId) {
        last.remove(keyId);
    }
}
