package dev.hypercache.core.message;

/** All that the sender holds up to the stamp is held by every other holder, and it writes nothing up to there any more. */
public record CutReady(int slot, HolderHead head, long stamp) implements Message {}
