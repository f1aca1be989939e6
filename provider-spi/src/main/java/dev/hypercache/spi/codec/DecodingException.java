package dev.hypercache.spi.codec;

import org.jspecify.annotations.Nullable;

/**
 * Bytes cannot be decoded: unknown codec or version, malformed or truncated input, a limit exceeded, a class that is
 * missing or refused. The cache treats such a value as absent.
 */
public final class DecodingException extends CodecException {
    private static final long serialVersionUID = 1L;

    public DecodingException(String message) {
        this(message, null);
    }

    public DecodingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
