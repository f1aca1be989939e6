package dev.hypercache.spi.transport;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A transport could not be started. */
public final class TransportException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Tells what failed.
     *
     * @param message the address, what failed, and what to do about it
     * @param cause what the system said, or null
     */
    public TransportException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
