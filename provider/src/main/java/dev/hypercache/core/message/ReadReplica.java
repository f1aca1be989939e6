package dev.hypercache.core.message;

/**
 * Asks a replica what it holds.
 *
 * @param request matches the answer
 * @param epoch the slot's epoch as the reader knows it; a replica that promised a later one refuses
 */
public record ReadReplica(int slot, long request, int epoch, RecordKey name) implements Message {}
