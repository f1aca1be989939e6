package dev.hypercache.core.message;

import java.util.List;

/**
 * The records that were asked for, as far as they are held.
 *
 * @param slotTimeMillis the highest slot time known here: no lineage was pruned by a later one
 */
public record RecordPage(int slot, long ballot, List<RecordEntry> entries, long slotTimeMillis) implements Message {}
