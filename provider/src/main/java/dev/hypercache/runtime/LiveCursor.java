package dev.hypercache.runtime;

import dev.hypercache.core.node.CacheMachine;
import dev.hypercache.core.op.Expire;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.spi.storage.EntryCursor;

/** Walks over the live records of a cache, slot by slot; expired ones that it meets are removed. */
final class LiveCursor implements EntryCursor<StoredRecord> {

    private final LocalClient client;
    private final CacheMachine machine;
    private int slot;
    private EntryCursor<StoredRecord> records;

    LiveCursor(LocalClient client, CacheMachine machine) {
        this.client = client;
        this.machine = machine;
        this.records = machine.replica(0).cursor();
    }

    @Override
    public boolean advance() {
        while (true) {
            while (records.advance()) {
                if (!records.record().isExpiredAt(client.nowMillis())) {
                    return true;
                }
                client.execute(new Expire(records.key()));
            }
            if (slot + 1 >= machine.slots()) {
                return false;
            }
            records = machine.replica(++slot).cursor();
        }
    }

    @Override
    public Object key() {
        return records.key();
    }

    @Override
    public StoredRecord record() {
        return records.record();
    }
}
