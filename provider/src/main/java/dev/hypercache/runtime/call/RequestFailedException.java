package dev.hypercache.runtime.call;

import javax.cache.CacheException;

/** An operation of a cache on a ring was certainly not applied, and never will be. Safe to try again. */
public final class RequestFailedException extends CacheException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code the stable name of the failure
     * @param message what failed, why, and what to do
     */
    public RequestFailedException(String code, String message) {
        super(message);
        this.code = code;
    }

    /**
     * The stable name of this failure: {@code OVERLOADED} if the node has too much to do, {@code CLOSED} if it is gone, else
     * {@code REQUEST_FAILED}.
     */
    public String code() {
        return code;
    }
}
