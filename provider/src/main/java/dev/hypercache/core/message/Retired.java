package dev.hypercache.core.message;

/** The sender, which leaves the slot with this switch, writes no more, and the new voters hold what it holds. */
public record Retired(int slot, HolderHead holder) implements LeaderlessMessage {}
