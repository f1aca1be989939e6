package dev.hypercache.jcache.value;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/**
 * An entry whose value cannot be decoded here counts as absent: {@code putIfAbsent} puts in its place, on the condition that it
 * is still that entry.
 */
public final class Undecodable<K, V> {

    private final Values<K, V> values;

    public Undecodable(Values<K, V> values) {
        this.values = values;
    }

    /** What to do instead of an operation where an entry was seen that counts as absent; the operation itself if it does not. */
    public EntryOp instead(EntryOp op, @Nullable StoredRecord seen) {
        return op instanceof PutIfAbsent put && seen != null && values.value(seen) == null
                ? new Put(put.key(), put.value(), put.expiry())
                : op;
    }

    /** What came of the operation, as its caller sees it, who saw no entry. */
    public static Outcome asCreation(Outcome outcome) {
        return outcome.applied() ? new Outcome(outcome.status(), Change.CREATED, null, outcome.after()) : outcome;
    }
}
