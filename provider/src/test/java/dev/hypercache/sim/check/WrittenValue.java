package dev.hypercache.sim.check;

import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import org.jspecify.annotations.Nullable;

/** The value that an action stores if it gets its way. */
final class WrittenValue {

    private WrittenValue() {}

    /** Null if the action stores none. */
    static @Nullable Object of(Action action) {
        return action instanceof Action.OnKey onKey ? of(onKey.op()) : null;
    }

    private static @Nullable Object of(EntryOp op) {
        if (op instanceof AtVersion conditional) {
            return of(conditional.op());
        }
        if (op instanceof Put put) {
            return put.value();
        }
        if (op instanceof PutIfAbsent put) {
            return put.value();
        }
        if (op instanceof Replace replace) {
            return replace.value();
        }
        return op instanceof ReplaceIfEqual replace ? replace.value() : null;
    }
}
