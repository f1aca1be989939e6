package dev.hypercache.spi;

import java.util.Objects;
import java.util.UUID;

/**
 * Which ring a node belongs to, and after how many reforms.
 *
 * <p>Stands in every handshake and message: what comes from another ring or generation is never applied (CONSISTENCY I9).
 *
 * @param id random, chosen when the ring is founded, the same for its whole life
 * @param generation 1 for the ring as founded, one more with each reform after a lost majority
 */
public record RingId(UUID id, long generation) {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the generation is less than 1
     */
    public RingId {
        Objects.requireNonNull(id, "id");
        if (generation < 1) {
            throw new IllegalArgumentException("generation is " + generation + ": it counts from 1.");
        }
    }

    /**
     * Names the ring that a reform of this one makes.
     *
     * @return the same id, one generation on
     */
    public RingId reformed() {
        return new RingId(id, generation + 1);
    }

    @Override
    public String toString() {
        return id + "/" + generation;
    }
}
