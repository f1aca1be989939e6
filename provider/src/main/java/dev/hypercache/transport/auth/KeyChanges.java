package dev.hypercache.transport.auth;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What became of the shared keys of a node.
 *
 * @param installed the ids of keys that are new
 * @param signing the id of the key that signs now
 * @param removed the ids of keys that are forgotten
 * @param heldBack the ids of keys that the file lists no more and that still verify, because others used them a short time ago;
 *     each with the address of who did so last
 */
public record KeyChanges(Set<String> installed, String signing, Set<String> removed, Map<String, String> heldBack) {

    /** Keeps unmodifiable copies. */
    public KeyChanges {
        installed = Set.copyOf(installed);
        Objects.requireNonNull(signing, "signing");
        removed = Set.copyOf(removed);
        heldBack = Map.copyOf(heldBack);
    }
}
