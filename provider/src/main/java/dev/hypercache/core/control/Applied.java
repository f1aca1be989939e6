package dev.hypercache.core.control;

import java.util.List;

/**
 * What a change did.
 *
 * @param state the state after it
 * @param refusals what of it did not fit and changed nothing; empty if all of it is in place
 */
public record Applied(ControlState state, List<Refusal> refusals) {

    /** Keeps an unmodifiable copy. */
    public Applied {
        refusals = List.copyOf(refusals);
    }

    static Applied done(ControlState state) {
        return new Applied(state, List.of());
    }

    static Applied refused(ControlState unchanged, Refusal refusal) {
        return new Applied(unchanged, List.of(refusal));
    }
}
