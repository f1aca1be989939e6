package dev.hypercache.core.message;

/** A leader's word: everything of the cache up to the mark is gone. */
public record AcceptClear(int slot, long ballot, ClearMark mark, long slotTimeMillis) implements Message {}
