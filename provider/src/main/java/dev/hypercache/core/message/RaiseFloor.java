package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;

/**
 * A leader's word: everybody holds everything up to this version, so tombstones up to it may go.
 *
 * @param copy the follower's copy that is meant; another one may lack what was confirmed
 * @param floor the version
 * @param slotTimeMillis the leader's slot time
 */
public record RaiseFloor(int slot, long ballot, long copy, Version floor, long slotTimeMillis) implements Message {}
