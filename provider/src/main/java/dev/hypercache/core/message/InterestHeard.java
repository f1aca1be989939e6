package dev.hypercache.core.message;

/**
 * Whoever leads on the sender knows from now on what the receiver wants to hear of.
 *
 * @param slot 0: it is about no slot
 * @param round of the word that arrived
 */
public record InterestHeard(int slot, long round) implements Message {}
