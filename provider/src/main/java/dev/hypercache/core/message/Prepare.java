package dev.hypercache.core.message;

/** Asks a replica to promise that it follows nobody below this ballot. */
public record Prepare(int slot, long ballot) implements Message {}
