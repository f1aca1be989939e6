package dev.hypercache.spi.security;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A secret or a key could not be read, or must not be used the way it is kept. */
public final class SecretUnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Tells what failed.
     *
     * @param message the location, what was found, the rule and the remedy; never the content
     */
    public SecretUnavailableException(String message) {
        super(message);
    }

    /**
     * Tells what failed and why.
     *
     * @param message the location, what was found, the rule and the remedy; never the content
     * @param cause what the system said, or null; nothing in it may show the content
     */
    public SecretUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
