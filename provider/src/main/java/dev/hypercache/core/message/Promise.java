package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;

/**
 * The replica follows nobody below the ballot any more.
 *
 * @param before the highest ballot of a leader that the replica had promised to follow before, packed; 0 if there was none
 * @param copy which copy of the slot it holds: one that it discarded and began anew is another
 * @param summary what it holds
 * @param floor the version up to which its deleted keys left no trace
 * @param slotTimeMillis the highest slot time it knows
 * @param clockMillis the replica's wall clock
 */
public record Promise(
        int slot,
        long ballot,
        long before,
        long copy,
        CopySummary summary,
        Version floor,
        long slotTimeMillis,
        long clockMillis)
        implements Message {}
