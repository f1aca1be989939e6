package dev.hypercache.core.message;

/**
 * What a copy of a slot comes to. Copies with equal roots hold the same versions of the same keys, and the same clears.
 *
 * <p>A slot has two: one of its ordered caches, and one of those that nobody orders.
 *
 * @param ballot which leader it follows, or belongs to; {@link #NOBODY} for the caches that nobody orders
 * @param sum 64 bits of the fingerprint
 * @param mix 64 more
 */
public record SlotRoot(int slot, long ballot, long sum, long mix) {

    /** The ballot in roots of caches that nobody orders. */
    public static final long NOBODY = 0;

    /** Whether it is of the slot's ordered caches. */
    public boolean isOrdered() {
        return ballot != NOBODY;
    }
}
