package dev.hypercache.spi.topology;

import dev.hypercache.spi.Payload;
import java.util.Objects;

/**
 * One change as the log holds it.
 *
 * @param index its place, 1 or more
 * @param change what was appended
 */
public record TopologyChange(long index, Payload change) {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the index is less than 1
     */
    public TopologyChange {
        Objects.requireNonNull(change, "change");
        if (index < 1) {
            throw new IllegalArgumentException("index is " + index + ": changes are numbered from 1.");
        }
    }
}
