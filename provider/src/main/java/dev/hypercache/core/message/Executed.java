package dev.hypercache.core.message;

import dev.hypercache.core.op.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request.
 *
 * @param request its id
 * @param ballot of the leader that performed it
 * @param accept if present, the answer is not chosen yet: it is once the caller's own replica accepted this
 */
public record Executed(int slot, long request, long ballot, Outcome outcome, @Nullable CallerAccept accept)
        implements Message {}
