package dev.hypercache.runtime.call;

/** An operation was given up before it was applied. */
public final class RequestTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RequestTimeoutException(String message) {
        super(message);
    }
}
