package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;

/**
 * The replica holds this version of the record or a newer one, and its promise is the ballot.
 *
 * @param clockMillis the replica's wall clock
 */
public record Accepted(int slot, long ballot, RecordKey name, Version version, long clockMillis) implements Message {}
