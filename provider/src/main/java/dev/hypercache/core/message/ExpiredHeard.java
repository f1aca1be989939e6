package dev.hypercache.core.message;

/**
 * A report of expired entries arrived.
 *
 * @param slot 0: it is about several
 * @param report its number
 */
public record ExpiredHeard(int slot, long report) implements Message {}
