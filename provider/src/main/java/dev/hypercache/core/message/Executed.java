package dev.hypercache.core.message;

import dev.hypercache.core.op.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request.
 *
 * @param request its id
 * @param attempt which copy of the request was performed
 * @param ballot of the leader that performed it
 * @param recorded whether every later copy of the mutation is recognised; an outcome that changed nothing may not be
 * @param accept if present, the answer is not chosen yet: it is once the caller's own replica accepted this
 */
public record Executed(
        int slot,
        long request,
        int attempt,
        long ballot,
        Outcome outcome,
        boolean recorded,
        @Nullable CallerAccept accept)
        implements Message {}
