package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.RecordKey;

/**
 * What a read asks of replicas, and until when.
 *
 * @param all whether every voter must answer, not only a majority
 */
record Question(long id, int slot, RecordKey name, boolean all, long endsAtMillis) {}
