package dev.hypercache.core.message;

/**
 * When this was sent the replica had promised nobody above the ballot.
 *
 * @param complete whether the replica knows that its copy was filled, so that it may be read past the leader
 * @param clockMillis the replica's wall clock
 */
public record Confirmed(int slot, long ballot, long round, boolean complete, long clockMillis) implements Message {}
