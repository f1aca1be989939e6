package dev.hypercache.core.message;

/**
 * The replica follows nobody below the ballot any more.
 *
 * @param summary what it holds
 * @param slotTimeMillis the highest slot time it knows
 */
public record Promise(int slot, long ballot, CopySummary summary, long slotTimeMillis) implements Message {}
