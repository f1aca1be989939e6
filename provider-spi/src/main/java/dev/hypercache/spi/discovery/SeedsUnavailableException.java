package dev.hypercache.spi.discovery;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Seeds could not be looked up just now. Worth trying again. */
public final class SeedsUnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Tells what failed.
     *
     * @param message the source that was asked, what failed, and what to do about it
     * @param cause what the look-up ended with, or null
     */
    public SeedsUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
