package dev.hypercache.sim;

import dev.hypercache.core.op.OpContext;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueEquality;

/** For operations that need no context. */
enum NoContext implements OpContext {
    INSTANCE;

    @Override
    public long nowMillis() {
        return 0;
    }

    @Override
    public ValueEquality equality() {
        return Object::equals;
    }

    @Override
    public StoredRecord mint(Object value, long expiresAtMillis) {
        throw new IllegalStateException("a read writes nothing");
    }
}
