package dev.hypercache.spi.transport;

import dev.hypercache.spi.Payload;
import java.util.Objects;

/**
 * What one node sends another: bytes, in two parts so that a large value need not be copied behind its head. The receiver
 * gets the parts as one run of bytes.
 *
 * @param head the fixed fields and the key
 * @param value the value; {@link Payload#EMPTY} if there is none
 */
public record Frame(Payload head, Payload value) {

    /** Checks for nulls. */
    public Frame {
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(value, "value");
    }

    /**
     * Makes a frame of one part.
     *
     * @param head all its bytes
     * @return the frame
     */
    public static Frame of(Payload head) {
        return new Frame(head, Payload.EMPTY);
    }

    /**
     * Returns the number of bytes in both parts.
     *
     * @return 0 or more
     */
    public long length() {
        return (long) head.length() + value.length();
    }
}
