package dev.hypercache.core.message;

import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.Version;

/**
 * Everything of a cache up to a version is gone from the slot.
 *
 * @param cache the cache's id
 * @param version keeps its rank whoever brings it: clears only ever add up to the highest
 * @param lineage the clears that led to it and may be asked for again
 */
public record ClearMark(int cache, Version version, Lineage lineage) {}
