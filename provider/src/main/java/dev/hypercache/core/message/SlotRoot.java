package dev.hypercache.core.message;

/**
 * What a copy of a slot comes to. Copies with equal roots hold the same versions of the same keys, and the same clears.
 *
 * @param ballot which leader it follows, or belongs to
 * @param sum 64 bits of the fingerprint
 * @param mix 64 more
 */
public record SlotRoot(int slot, long ballot, long sum, long mix) {}
