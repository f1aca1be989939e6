package dev.hypercache.sim.check;

import org.jspecify.annotations.Nullable;

/** The value that an action stores if it gets its way. */
final class WrittenValue {

    private WrittenValue() {}

    /** Null if the action stores none. */
    static @Nullable Object of(Action action) {
        return action instanceof Action.OnKey onKey ? onKey.op().value() : null;
    }
}
