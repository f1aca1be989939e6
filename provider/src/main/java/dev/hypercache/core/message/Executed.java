package dev.hypercache.core.message;

import dev.hypercache.core.op.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request.
 *
 * @param request its id
 * @param attempt which copy of the request was performed
 * @param ballot of the leader that performed it
 * @param expired the entry of the key whose time was over when the operation came or shortly before, null if there was none
 * @param recorded whether every later copy of the mutation is recognised; an outcome that changed nothing may not be
 * @param accept if present, the answer is not chosen yet: it is once the caller's own replica accepted this
 */
public record Executed(
        int slot,
        long request,
        int attempt,
        long ballot,
        Outcome outcome,
        @Nullable ExpiredFound expired,
        boolean recorded,
        @Nullable CallerAccept accept)
        implements Message {}
