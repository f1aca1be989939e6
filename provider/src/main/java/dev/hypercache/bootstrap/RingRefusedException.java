package dev.hypercache.bootstrap;

import javax.cache.CacheException;

/** This node cannot be in the ring that it was told to form; the message says why, and what to do. */
public final class RingRefusedException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** The value of {@link #code()}, stable over releases. */
    public static final String CODE = "RING_REFUSED";

    RingRefusedException(String message) {
        super(CODE + ": " + message);
    }

    /** A name of this kind of error for programs and search engines. */
    public String code() {
        return CODE;
    }
}
