package dev.hypercache.core.message;

/**
 * The replica has promised more than the sender of a message knew.
 *
 * @param ballot the ballot that was refused
 * @param promised what is promised here
 * @param epoch the slot's epoch as this node knows it
 */
public record Refusal(int slot, long ballot, long promised, int epoch) implements Message {}
