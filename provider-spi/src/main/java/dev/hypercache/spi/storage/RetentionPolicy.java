package dev.hypercache.spi.storage;

/**
 * Keeps book, beside the store, of which entries of a cache have outlived their welcome: too many of them, or expired.
 *
 * <p>A policy proposes and never acts. An eviction is a delete that replicas must agree on, so the slot's leader alone
 * decides whether a proposed entry goes (CONSISTENCY §6). One instance serves one cache on one node.
 *
 * <p><b>Proposals.</b> Each goes to the {@link RetentionListener} that the policy was made with, on the thread and within
 * the call that brought it about: a {@code record...} call or {@link #maintain}. A key proposed is a key forgotten: the
 * policy counts it no longer and proposes it no more until the next {@link #recordWritten} of it. A leader that declines
 * a proposal therefore records the entry as written again.
 *
 * <p><b>Size.</b> Once the calls under way have returned and {@link #maintain} was called after them, what the policy
 * counts is within its {@link RetentionLimits}; which keys it proposes, it chooses itself, the newest included. An entry
 * whose own weight exceeds {@code weightMax} is proposed at once or at the next {@link #maintain}.
 *
 * <p><b>Expiry.</b> A key whose {@code expiresAtMillis} is at or before the {@code nowMillis} of a {@link #maintain} call
 * is proposed within that call, or, if the policy works in ticks, within the first call that is one tick later. It is
 * never proposed for expiry sooner, and never twice for one write.
 *
 * <p><b>Threading.</b> Every method may be called by any thread, also while others are under way; calls for one key come
 * one after the other, since writers hold the slot's lock. {@link #recordRead} never waits and may be dropped: reads are a
 * hint. Callers may hold a slot's lock during any call.
 *
 * <p><b>Errors.</b> A null key is a {@link NullPointerException}, a negative weight an {@link IllegalArgumentException}.
 */
public interface RetentionPolicy {

    /** The deadline of an entry that never expires, and of a policy that waits for nothing. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Notes that a key was created or overwritten; replaces its earlier weight and deadline.
     *
     * @param key the key's handle
     * @param weight what the entry counts against {@link RetentionLimits#weightMax}, 0 or more; 0 never weighs
     * @param expiresAtMillis when the entry expires, in milliseconds since the epoch of the clock that feeds
     *     {@link #maintain}; {@link #NEVER} if it does not
     */
    void recordWritten(Object key, long weight, long expiresAtMillis);

    /**
     * Notes that a key was read; does nothing if the policy does not know the key.
     *
     * @param key the key's handle
     */
    void recordRead(Object key);

    /**
     * Notes that a key is gone; does nothing if the policy does not know the key.
     *
     * @param key the key's handle
     */
    void recordRemoved(Object key);

    /**
     * Changes the bounds, as a node does that leads more or less of a cache than before; a bound that the policy was made
     * without stays so. What is too much now is proposed by {@link #maintain}.
     *
     * @param entriesMax the most keys to keep, 0 or more
     * @param weightMax the most weight to keep, 0 or more
     */
    void limit(long entriesMax, long weightMax);

    /**
     * Returns how many keys the policy counts, about: exactly after {@link #maintain}.
     *
     * @return 0 or more
     */
    long entries();

    /**
     * Returns the weight of the keys that the policy counts, about: exactly after {@link #maintain}.
     *
     * @return 0 or more; 0 if the policy was made without a bound on weight
     */
    long weight();

    /** Notes that the cache was emptied: forgets every key, proposes none. */
    void cleared();

    /**
     * Does the work that is due and proposes what has expired or is too much. Bounded by the number of keys due.
     *
     * @param nowMillis the present, in milliseconds since the epoch of the caller's clock; the policy has no clock of its
     *     own. A value before an earlier one counts as that earlier one.
     */
    void maintain(long nowMillis);

    /**
     * Returns when {@link #maintain} should be called next. Cheap enough to ask after each write. May be earlier than
     * anything expires; never later than the earliest deadline of a known key plus the policy's tick.
     *
     * @return milliseconds since the epoch of the caller's clock, or {@link #NEVER} if no known key expires
     */
    long nextDeadlineMillis();
}
