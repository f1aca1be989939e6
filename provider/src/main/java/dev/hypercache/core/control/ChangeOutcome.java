package dev.hypercache.core.control;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of one change of the log.
 *
 * @param index its index
 * @param id its author's id for it; null if nobody can read the change
 * @param applied the state after it and what was refused
 */
public record ChangeOutcome(long index, @Nullable UUID id, Applied applied) {}
