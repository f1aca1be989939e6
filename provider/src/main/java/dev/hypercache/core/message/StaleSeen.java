package dev.hypercache.core.message;

import java.util.List;

/**
 * A reader tells a slot's leader that a replica answered less than was chosen.
 *
 * @param member the replica
 * @param names of what it lacks, or holds in an older version; at most {@link AskHeld#NAMES_MAX}
 */
public record StaleSeen(int slot, int member, List<RecordKey> names) implements RepairMessage {}
