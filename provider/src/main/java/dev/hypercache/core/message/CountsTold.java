package dev.hypercache.core.message;

import dev.hypercache.core.op.CacheCounts;

/**
 * Answers {@link AskCounts}.
 *
 * @param slot 0: it is about all of them
 * @param request the question
 * @param counting the cache, and whether it is counted as far as the sender knows
 * @param counts what the callers of the sender did, and what was lost in the slots that it leads
 */
public record CountsTold(int slot, long request, CountingSwitch counting, CacheCounts counts) implements Message {}
