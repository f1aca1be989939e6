package dev.hypercache.core.message;

/** A leader that is about to leave asks a replica to take over from the ballot. */
public record HandOver(int slot, long ballot) implements Message {}
