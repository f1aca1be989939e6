package dev.hypercache.core.hint;

import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.ring.KeyBytes;
import org.jspecify.annotations.Nullable;

/** How many bytes a record takes on its way, about. */
public final class SentBytes {

    /** What is sent besides the key and the value. */
    public static final long OVERHEAD = 100;

    private SentBytes() {}

    /** The bytes of a record, or of its absence. */
    public static long of(Object key, @Nullable StoredRecord record) {
        long bytes = OVERHEAD + KeyBytes.lengthOf(key);
        if (record == null || record.isTombstone()) {
            return bytes;
        }
        return record.value() instanceof ValueBytes value ? bytes + value.length() : bytes;
    }
}
