package dev.hypercache.core.message;

/**
 * The receiver's copy holds everything that the sender's complete copy holds.
 *
 * @param floor the sender's floor: a stamp up to which nothing that is not held may come
 * @param promise the stamp up to which the sender promised to write nothing
 */
public record Filled(int slot, HolderHead holder, long floor, long promise) implements LeaderlessMessage {}
