package dev.hypercache.runtime;

import dev.hypercache.core.node.CacheMachine;
import dev.hypercache.core.op.Expire;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.runtime.call.KeyCursor;
import dev.hypercache.spi.storage.EntryCursor;

/** Walks over the live records of a cache; expired ones that it meets are removed. */
final class LiveCursor implements KeyCursor {

    private final LocalClient client;
    private final EntryCursor<StoredRecord> records;

    LiveCursor(LocalClient client, CacheMachine machine) {
        this.client = client;
        this.records = machine.cursor();
    }

    @Override
    public boolean advance() {
        while (records.advance()) {
            if (!records.record().isExpiredAt(client.nowMillis())) {
                return true;
            }
            client.execute(new Expire(records.key()));
        }
        return false;
    }

    @Override
    public Object key() {
        return records.key();
    }
}
