package dev.hypercache.spi.storage;

/**
 * Takes the proposals of a {@link RetentionPolicy}.
 *
 * <p>Called inside the policy, on whichever thread called the policy, possibly with a slot's lock held and with locks of
 * the policy's own. An implementation therefore only notes the key for later: it takes no lock, does not call the policy
 * back and does not throw. Between proposal and decision the entry may have been read, rewritten or removed; whoever
 * decides looks at the record again.
 */
public interface RetentionListener {

    /**
     * The cache holds too much and this key is the one to let go.
     *
     * @param key the handle last recorded as written
     */
    void proposeEviction(Object key);

    /**
     * The key's deadline has come.
     *
     * @param key the handle last recorded as written
     */
    void proposeExpiry(Object key);
}
