package dev.hypercache.core.message;

/**
 * How often an entry was read past the leader of its slot.
 *
 * @param reads about how often since the sender told of it last: samples, scaled up; less than 1 says nothing
 */
public record ReadCount(RecordKey name, int reads) {}
