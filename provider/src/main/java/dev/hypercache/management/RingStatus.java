package dev.hypercache.management;

import dev.hypercache.runtime.call.RingOperations;
import org.jspecify.annotations.Nullable;

/** Whether a node serves, and what may be asked of its ring. Safe for use by any threads. */
public interface RingStatus {

    /** Whether the node is a member of its ring, serves, and each of its slots has the living voters that it needs. */
    boolean serves();

    /** What operators may ask of the ring; null as long as the node is no member. */
    @Nullable
    RingOperations ring();
}
