package dev.hypercache.core.message;

/** When this was sent the replica had promised nobody above the ballot. */
public record Confirmed(int slot, long ballot, long round) implements Message {}
