package dev.hypercache.runtime.call;

import javax.cache.CacheException;

/** An operation was given up before it was applied: it had to wait for another caller's code for too long. */
public final class RequestTimeoutException extends CacheException {

    private static final long serialVersionUID = 1L;

    public RequestTimeoutException(String message) {
        super(message);
    }

    /** The stable name of this failure. */
    public String code() {
        return "REQUEST_TIMEOUT";
    }
}
