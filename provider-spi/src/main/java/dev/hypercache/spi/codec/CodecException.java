package dev.hypercache.spi.codec;

import org.jspecify.annotations.Nullable;

/** A value could not be turned into bytes, or bytes could not be turned into a value. */
public abstract sealed class CodecException extends RuntimeException permits EncodingException, DecodingException {
    private static final long serialVersionUID = 1L;

    CodecException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
