package dev.hypercache.jcache.process;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.runtime.call.Hold;
import org.jspecify.annotations.Nullable;

/**
 * A run of a processor on one entry of many, whose effect is not applied yet.
 *
 * @param place the key's place in the call
 * @param hold the hold under which it ran, null if it ran freely
 * @param seen the entry as the processor found it
 * @param value what the processor returned
 * @param effect what is to be applied, on the condition that the entry is as it was seen; null if nothing is
 * @param isLoad whether that is what a loader brought, which is no put (JSR-107 statistics)
 */
record BatchedRun<T>(
        int place,
        @Nullable Hold hold,
        @Nullable StoredRecord seen,
        @Nullable T value,
        @Nullable EntryOp effect,
        boolean isLoad) {

    /** What came of it, with the change that its effect made. */
    ProcessorCall.Result<T> result(Change change) {
        boolean counts = !isLoad && !(effect instanceof Touch);
        return new ProcessorCall.Result<>(value, seen != null, counts ? change : Change.NONE);
    }
}
