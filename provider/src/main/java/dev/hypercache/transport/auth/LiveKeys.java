package dev.hypercache.transport.auth;

import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.SigningKeys;
import dev.hypercache.spi.security.SigningKeys.KeyStatus;
import dev.hypercache.spi.security.SigningKeysReader.Listed;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The shared keys of a node, which follow what its file lists. Whoever has made something of a key is told when it is removed.
 *
 * <p>Safe for use by any threads.
 */
public final class LiveKeys {

    private final MessageAuthenticator authenticator;
    private final List<Consumer<String>> followers = new CopyOnWriteArrayList<>();

    /**
     * Puts an authenticator behind it.
     *
     * @param authenticator whose keys these are
     */
    public LiveKeys(MessageAuthenticator authenticator) {
        this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
    }

    /** What signs and verifies with them. */
    public MessageAuthenticator authenticator() {
        return authenticator;
    }

    /** What is installed; no secrets. */
    public List<KeyStatus> status() {
        return authenticator.keys().status();
    }

    /**
     * Installs what is new, lets the listed key sign, and removes what is listed no more. A key keeps its bytes as long as its id
     * is listed: to change them, list another id.
     *
     * @param listed what the file lists; its secrets belong to the keys from now on, or are destroyed
     * @return the ids of the keys that were removed
     * @throws IllegalStateException if the old and the new keys together are more than may be installed
     */
    public synchronized Set<String> apply(Listed listed) {
        SigningKeys keys = authenticator.keys();
        Set<String> stale = idsOf(keys);
        Set<String> installed = new HashSet<>(stale);
        for (SigningKey key : listed.keys()) {
            stale.remove(key.id());
            if (installed.contains(key.id())) {
                key.secret().destroy();
            } else {
                keys.install(key);
            }
        }
        keys.use(listed.signing());
        for (String id : stale) {
            keys.remove(id);
            followers.forEach(follower -> follower.accept(id));
        }
        return stale;
    }

    private static Set<String> idsOf(SigningKeys keys) {
        Set<String> ids = new HashSet<>();
        for (KeyStatus key : keys.status()) {
            ids.add(key.id());
        }
        return ids;
    }

    /**
     * Tells somebody of each removed key.
     *
     * @param follower is told the id, and returns at once
     * @return ends that
     */
    public Runnable follow(Consumer<String> follower) {
        followers.add(follower);
        return () -> followers.remove(follower);
    }
}
