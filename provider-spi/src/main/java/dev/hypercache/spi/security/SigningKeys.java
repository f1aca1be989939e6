package dev.hypercache.spi.security;

import java.util.List;

/**
 * The keys that a node knows: several verify, at most one signs.
 *
 * <p>A rotation goes through all nodes three times: install the new key, use it, remove the old one. Methods may be called by
 * any thread.
 */
public interface SigningKeys {

    /** The most keys installed at once. */
    int KEYS_MAX = 8;

    /**
     * Lets a key verify. Its secret now belongs to this set.
     *
     * @param key the key
     * @throws IllegalArgumentException if a key with its id is installed
     * @throws IllegalStateException if {@link #KEYS_MAX} keys are installed
     */
    void install(SigningKey key);

    /**
     * Lets an installed key sign, in place of the one that did.
     *
     * @param keyId the key's id
     * @throws IllegalArgumentException if no such key is installed
     */
    void use(String keyId);

    /**
     * Forgets a key and destroys its secret. Does nothing if no such key is installed.
     *
     * @param keyId the key's id
     * @throws IllegalStateException if it is the key that signs
     */
    void remove(String keyId);

    /**
     * Shows what is installed; no secrets.
     *
     * @return one row for each key, ordered by id, unmodifiable
     */
    List<KeyStatus> status();

    /**
     * What may be known of a key.
     *
     * @param id its id
     * @param role what it may ask for
     * @param signs whether it is the one that signs
     * @param notBeforeMillis first moment of validity, in milliseconds since 1970-01-01T00:00Z
     * @param notAfterMillis last moment of validity, likewise
     */
    record KeyStatus(String id, Role role, boolean signs, long notBeforeMillis, long notAfterMillis) {}
}
