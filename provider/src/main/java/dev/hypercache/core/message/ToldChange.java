package dev.hypercache.core.message;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/**
 * A change of an entry, as it is told to those who listen.
 *
 * @param change {@link Change#NONE} if this says what is held, whatever changes led to it
 * @param before what was there; left out of an update if nobody wants to know, and where it is not known any more
 * @param after what is there now; a tombstone if that is nothing
 * @param awaited whether somebody waits until the listeners have seen it
 * @param own whether a caller of the member that is told caused it, which gets an answer, too
 */
public record ToldChange(
        Object key, Change change, @Nullable StoredRecord before, StoredRecord after, boolean awaited, boolean own) {}
