package dev.hypercache.spi.codec;

import org.jspecify.annotations.Nullable;

/** A value cannot be encoded: its class is not supported, not permitted or too large. The operation fails. */
public final class EncodingException extends CodecException {
    private static final long serialVersionUID = 1L;

    public EncodingException(String message) {
        this(message, null);
    }

    public EncodingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
