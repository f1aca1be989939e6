package dev.hypercache.runtime.ring;

import dev.hypercache.core.op.OpContext;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueEquality;

/** What an operation that reads a copy may know: it writes nothing, and goes by this node's clock. */
record ReadOnly(NodeClock clock) implements OpContext {

    @Override
    public long nowMillis() {
        return clock.wallMillis();
    }

    @Override
    public ValueEquality equality() {
        return Object::equals;
    }

    @Override
    public StoredRecord mint(Object value, long expiresAtMillis) {
        throw new UnsupportedOperationException("a read writes nothing");
    }
}
