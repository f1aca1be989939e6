package dev.hypercache.runtime.ring;

import dev.hypercache.core.op.EntryOp;
import dev.hypercache.telemetry.NodeLog;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says once of a cache that nobody orders that its operations are atomic at best. Safe for use by any threads. */
final class AtomicityWarning {

    private final String cache;
    private final NodeLog log;
    private final AtomicBoolean said = new AtomicBoolean();

    AtomicityWarning(String cache, NodeLog log) {
        this.cache = cache;
        this.log = log;
    }

    /** An operation is about to be performed that nobody orders. */
    void performs(EntryOp op) {
        if (op.isConditional() && said.compareAndSet(false, true)) {
            log.forCache(cache)
                    .warn("atomic operation")
                    .log(
                            "A cache with consistency.write=ONE performs atomic operations at the first replica that can be"
                                    + " reached; callers that cannot reach the same one may both succeed. Use QUORUM where that"
                                    + " must not be.");
        }
    }
}
