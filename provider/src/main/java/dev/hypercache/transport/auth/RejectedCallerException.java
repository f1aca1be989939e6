package dev.hypercache.transport.auth;

import java.io.Serial;

/** A caller is turned away. The message is for the audit log, never for the caller; there is no stack trace. */
public final class RejectedCallerException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Rejection rejection;

    /**
     * Tells why.
     *
     * @param rejection the kind
     * @param detail what was found; no secret
     */
    public RejectedCallerException(Rejection rejection, String detail) {
        super(detail, null, false, false);
        this.rejection = rejection;
    }

    /** The kind. */
    public Rejection rejection() {
        return rejection;
    }
}
