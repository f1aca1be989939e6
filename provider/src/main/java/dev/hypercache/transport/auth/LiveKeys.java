package dev.hypercache.transport.auth;

import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.SigningKeys;
import dev.hypercache.spi.security.SigningKeys.KeyStatus;
import dev.hypercache.spi.security.SigningKeysReader.Listed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The shared keys of a node, which follow what its file lists. A key that is listed no more is held back while others use it.
 * Whoever has made something of a key is told when it leaves.
 *
 * <p>Safe for use by any threads.
 */
public final class LiveKeys {

    /** How long nobody may have used a key before it is removed. */
    public static final long QUIET_MILLIS = 60_000;

    private final MessageAuthenticator authenticator;
    private final KeyUses uses = new KeyUses();
    private final LeavingKeys leaving;
    private final List<Consumer<String>> followers = new CopyOnWriteArrayList<>();

    /**
     * Puts an authenticator behind it.
     *
     * @param authenticator whose keys these are
     */
    public LiveKeys(MessageAuthenticator authenticator) {
        this(authenticator, QUIET_MILLIS);
    }

    /**
     * Puts an authenticator behind it.
     *
     * @param authenticator whose keys these are
     * @param quietMillis how long nobody may have used a key before it is removed, 0 or more
     */
    public LiveKeys(MessageAuthenticator authenticator, long quietMillis) {
        this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
        this.leaving = new LeavingKeys(uses, quietMillis);
    }

    /** What signs and verifies with them. */
    public MessageAuthenticator authenticator() {
        return authenticator;
    }

    /** What is installed; no secrets. */
    public List<KeyStatus> status() {
        return authenticator.keys().status();
    }

    /** The ids of the keys that are listed no more and still verify. */
    public synchronized Set<String> heldBack() {
        return leaving.ids();
    }

    /** How many keys are listed no more and still verify. */
    public synchronized int heldBackCount() {
        return leaving.count();
    }

    /**
     * Notes that somebody else has signed a request with a key, and that it was accepted.
     *
     * @param keyId the key
     * @param peer the address that the request came from
     * @param nowMillis the present, in milliseconds since 1970-01-01T00:00Z
     */
    public synchronized void used(String keyId, String peer, long nowMillis) {
        uses.note(keyId, peer, nowMillis);
        leaving.signs(keyId, peer);
    }

    /**
     * Installs what is new, lets the listed key sign, and removes what is listed no more, whoever uses it. A key keeps its bytes as
     * long as its id is listed: to change them, list another id.
     *
     * @param listed what the file lists; its secrets belong to the keys from now on, or are destroyed
     * @return what became of the keys
     * @throws IllegalStateException if the old and the new keys together are more than may be installed; nothing is changed then
     */
    public synchronized KeyChanges apply(Listed listed) {
        Set<String> installed = install(listed);
        Set<String> stale = stale(listed);
        stale.forEach(this::remove);
        return new KeyChanges(installed, listed.signing(), stale, Map.of());
    }

    /**
     * Does the same, but holds a key back that is listed no more and that somebody may still use; {@link #look} removes it when
     * nobody does.
     *
     * @param listed what the file lists; its secrets belong to the keys from now on, or are destroyed
     * @param nowMillis the present, in milliseconds since 1970-01-01T00:00Z
     * @return what became of the keys
     * @throws IllegalStateException if the old and the new keys together are more than may be installed; nothing is changed then
     */
    public synchronized KeyChanges apply(Listed listed, long nowMillis) {
        Set<String> installed = install(listed);
        Set<String> stale = stale(listed);
        leaving.retain(stale);
        return settle(installed, stale, nowMillis);
    }

    /**
     * Removes the keys that were held back and that nobody uses any more.
     *
     * @param nowMillis the present, in milliseconds since 1970-01-01T00:00Z
     * @return what became of the keys; of those that stay held back only the ones that were used since they were last told
     */
    public synchronized KeyChanges look(long nowMillis) {
        return settle(Set.of(), leaving.ids(), nowMillis);
    }

    private KeyChanges settle(Set<String> installed, Set<String> stale, long nowMillis) {
        Set<String> removed = new HashSet<>();
        Map<String, String> told = new HashMap<>();
        uses.retain(idsOf(authenticator.keys()));
        for (String id : stale) {
            if (leaving.mayGo(id, nowMillis)) {
                remove(id);
                removed.add(id);
                continue;
            }
            if (leaving.ask(id, nowMillis)) {
                tell(id);
            }
            String user = leaving.userToTell(id, nowMillis);
            if (user != null) {
                told.put(id, user);
            }
        }
        return new KeyChanges(installed, signing(), removed, told);
    }

    private String signing() {
        for (KeyStatus key : status()) {
            if (key.signs()) {
                return key.id();
            }
        }
        return "";
    }

    private Set<String> install(Listed listed) {
        SigningKeys keys = authenticator.keys();
        Set<String> known = idsOf(keys);
        long fresh =
                listed.keys().stream().filter(key -> !known.contains(key.id())).count();
        if (known.size() + fresh > SigningKeys.KEYS_MAX) {
            listed.keys().forEach(key -> key.secret().destroy());
            throw new IllegalStateException("The keys file lists " + fresh + " new keys and " + known.size()
                    + " are installed, among them " + leaving.count() + " that are listed no more and still used; "
                    + SigningKeys.KEYS_MAX
                    + " may be installed at once. Add keys after those that nobody uses were removed.");
        }
        Set<String> installed = new HashSet<>();
        for (SigningKey key : listed.keys()) {
            if (known.contains(key.id())) {
                key.secret().destroy();
            } else {
                keys.install(key);
                installed.add(key.id());
            }
        }
        keys.use(listed.signing());
        return installed;
    }

    private Set<String> stale(Listed listed) {
        Set<String> stale = idsOf(authenticator.keys());
        listed.keys().forEach(key -> stale.remove(key.id()));
        return stale;
    }

    private void remove(String keyId) {
        authenticator.keys().remove(keyId);
        leaving.forget(keyId);
        uses.forget(keyId);
        tell(keyId);
    }

    private void tell(String keyId) {
        followers.forEach(follower -> follower.accept(keyId));
    }

    private static Set<String> idsOf(SigningKeys keys) {
        Set<String> ids = new HashSet<>();
        for (KeyStatus key : keys.status()) {
            ids.add(key.id());
        }
        return ids;
    }

    /**
     * Tells somebody of each key that is to be used no more: when it is held back, from time to time while it stays so, and when it
     * is removed.
     *
     * @param follower is told the id, and returns at once
     * @return ends that
     */
    public Runnable follow(Consumer<String> follower) {
        followers.add(follower);
        return () -> followers.remove(follower);
    }
}
