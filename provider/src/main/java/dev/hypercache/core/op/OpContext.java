package dev.hypercache.core.op;

import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueEquality;

/** What an operation may ask for while it is evaluated. */
public interface OpContext {

    /** Slot time in milliseconds. */
    long nowMillis();

    ValueEquality equality();

    /** A record for {@code value} under the next version of the slot. */
    StoredRecord mint(Object value, long expiresAtMillis);
}
