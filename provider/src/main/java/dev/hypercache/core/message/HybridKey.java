package dev.hypercache.core.message;

import dev.hypercache.core.record.HybridVersion;

/** Which version a replica holds for a key of a cache that nobody orders; tombstones included. */
public record HybridKey(RecordKey name, HybridVersion version) {}
