package dev.hypercache.core.message;

/**
 * A leader asks whether it still leads.
 *
 * @param round serves every read that arrived before it was sent
 * @param slotTimeMillis the leader's slot time
 */
public record Confirm(int slot, long ballot, long round, long slotTimeMillis) implements Message {}
