package dev.hypercache.transport.undertow;

import io.undertow.server.HttpServerExchange;
import org.jspecify.annotations.Nullable;

/** Reads what a request for a connection proves. Called by any thread, without waiting. */
interface UpgradeProofs {

    /**
     * Verifies a request.
     *
     * @param exchange the request, not answered yet
     * @return what it says; null if it must be answered by 401
     */
    @Nullable
    UpgradeProof proofOf(HttpServerExchange exchange);
}
