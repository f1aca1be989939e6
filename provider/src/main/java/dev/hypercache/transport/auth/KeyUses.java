package dev.hypercache.transport.auth;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When each key was last seen to sign, and from which hosts. Holds installed keys alone, so at most as many as may be installed,
 * and up to {@value #HOSTS_MAX} hosts for each; those beyond count as one. Belongs to the monitor of {@link LiveKeys}.
 */
final class KeyUses {

    static final int HOSTS_MAX = 256;

    private static final String OTHERS = "";

    private final Map<String, Map<String, Use>> byKey = new HashMap<>();

    /**
     * A request that somebody else signed and this node accepted.
     *
     * @param peer the address that it came from
     * @param atMillis when, in milliseconds since 1970-01-01T00:00Z
     */
    record Use(String peer, long atMillis) {}

    void note(String keyId, String peer, long nowMillis) {
        Map<String, Use> byHost = byKey.computeIfAbsent(keyId, unused -> new HashMap<>());
        String host = PeerHost.of(peer);
        boolean fits = byHost.size() < HOSTS_MAX || byHost.containsKey(host);
        byHost.put(fits ? host : OTHERS, new Use(peer, nowMillis));
    }

    /** Somebody at that host signs with another key now: uses of this one up to a moment say nothing any more. */
    void moved(String keyId, String peer, long untilMillis) {
        Map<String, Use> byHost = byKey.get(keyId);
        if (byHost != null) {
            byHost.computeIfPresent(PeerHost.of(peer), (host, use) -> use.atMillis() <= untilMillis ? null : use);
        }
    }

    /** Whether a key was ever used. */
    boolean isUsed(String keyId) {
        return byKey.containsKey(keyId);
    }

    /** The last use of a key by a host that has not moved to another one since; null if there is none. */
    @Nullable
    Use of(String keyId) {
        Use last = null;
        for (Use use : byKey.getOrDefault(keyId, Map.of()).values()) {
            last = last == null || use.atMillis() > last.atMillis() ? use : last;
        }
        return last;
    }

    /** Forgets all but these. */
    void retain(Set<String> keyIds) {
        byKey.keySet().retainAll(keyIds);
    }

    void forget(String keyId) {
        byKey.remove(keyId);
    }

    /** An address without its port. */
}
