package dev.hypercache.core.message;

/**
 * A holder asks another one what it holds of the caches that nobody orders, to send it what it lacks.
 *
 * @param attempt tells the pages of one answer from those of another
 * @param sum a sum over what the asking holder holds
 * @param mix another sum over the same
 */
public record Compare(int slot, HolderHead holder, int attempt, long sum, long mix) implements LeaderlessMessage {}
