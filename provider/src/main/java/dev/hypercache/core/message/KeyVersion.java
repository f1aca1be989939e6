package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;

/**
 * Which version a replica holds for a key.
 *
 * @param name cache and key
 * @param version of its record, tombstones included
 */
public record KeyVersion(RecordKey name, Version version) {}
