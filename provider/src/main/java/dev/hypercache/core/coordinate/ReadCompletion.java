package dev.hypercache.core.coordinate;

import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Learns how a read past the leader ended; exactly one method is called, once. */
public interface ReadCompletion {

    /** The record that the key had; null if it had none, or one whose time is over. */
    void read(@Nullable StoredRecord record);

    /** The replicas could not settle it among themselves: the leader must be asked. */
    void askLeader();
}
