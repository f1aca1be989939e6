package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.coordinate.Coordinator;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.replica.SlotReplica;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the calls of one cache reach its slots, which depends on who orders its writes. */
interface SlotAccess {

    /** Performs an operation by this node's copy alone, without waiting; null if that is not possible or not enough. */
    default @Nullable Outcome readHere(SlotCell cell, EntryOp op) {
        return null;
    }

    /** Performs an operation on a key of the slot. */
    void execute(SlotCell cell, EntryOp op, CallOptions options, Completion completion);

    /** An operation on a key of a slot, how to perform it, and who is told its end. */
    record Requested(SlotCell cell, EntryOp op, CallOptions options, Completion completion) {}

    /** Performs operations on different keys. */
    default void executeAll(List<Requested> requests) {
        requests.forEach(one -> execute(one.cell(), one.op(), one.options(), one.completion()));
    }

    /** Clears the cache in the slot. */
    void clear(SlotCell cell, CallOptions options, Completion completion);

    /** Asks for keys of the cache in the slot. */
    void page(SlotCell cell, Coordinator.PageQuestion question, CallOptions options, Completion completion);

    /** What this node's copy of a slot holds of the cache, tombstones included; null if nothing. */
    @Nullable
    SlotReplica recordsIn(SlotMachine copy);

    /** The time by which the cache's entries expire in a slot of this node. */
    long timeMillis(SlotMachine copy);
}
