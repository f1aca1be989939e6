package dev.hypercache.core.message;

import dev.hypercache.core.op.HoldKind;

/**
 * Asks a slot's leader for a hold on a key.
 *
 * @param hold its id, unique at the client; matches the answer
 * @param client who asks; the same as in the tokens
 * @param heldSince the ballot under which the hold was granted before, 0 if it never was: a holder re-registers
 * @param waits false to take the key only if it is free now
 * @param breaksLoad whether a load of the key is broken first, as by a mutation
 */
public record AskHold(
        int slot,
        long hold,
        long client,
        RecordKey name,
        HoldKind kind,
        long heldSince,
        boolean waits,
        boolean breaksLoad)
        implements Message {}
