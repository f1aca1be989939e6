package dev.hypercache.core.message;

/** Every holder has everything up to the stamp: traces of removals up to there may go. */
public record Floor(int slot, HolderHead holder, long stamp) implements LeaderlessMessage {}
