package dev.hypercache.core.message;

/**
 * A leader asks which versions a replica holds; a promise as well.
 *
 * @param attempt tells the pages of one answer from those of another
 */
public record AskVersions(int slot, long ballot, int attempt) implements Message {}
