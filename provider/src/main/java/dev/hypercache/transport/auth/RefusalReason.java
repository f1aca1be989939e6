package dev.hypercache.transport.auth;

import java.util.Locale;

/** Why a request is not believed: for the audit log and metrics. The sender learns the status alone. */
public enum RefusalReason {

    /** A field that a signed request has is not there. */
    MISSING,

    /** A field is there twice. */
    DUPLICATED,

    /** Something is too long or differs from the profile, if only by one byte. */
    MALFORMED,

    /** No key with that id is installed. */
    UNKNOWN_KEY,

    /** The signature does not fit request and key. */
    WRONG_SIGNATURE,

    /** The signature fits, but its key is not valid yet. */
    KEY_NOT_YET_VALID,

    /** The signature fits, but its key is no longer valid. */
    KEY_EXPIRED,

    /** Signed too long ago, by the clock of this node. */
    STALE,

    /** Signed too far ahead of the clock of this node. */
    FUTURE,

    /** Signed before this node started, so what remembered its nonce may be gone. */
    BEFORE_START,

    /** Signed for another cluster. */
    OTHER_CLUSTER,

    /** Signed for another node. */
    OTHER_TARGET,

    /** The body is not the one that was signed. */
    DIGEST,

    /** The nonce was admitted before. */
    REPLAYED,

    /** As many nonces are remembered as may be: nobody can tell whether this one is new. */
    FULL,

    /** The clock was set back to a time whose nonces are forgotten: nobody can tell whether this one is new. */
    CLOCK_SET_BACK;

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int SERVICE_UNAVAILABLE = 503;

    /**
     * Returns the reason as metrics and the audit log write it.
     *
     * @return the lower-case name
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the status to answer with.
     *
     * @return 400 for a field that is there twice, 503 if this node cannot tell, else 401
     */
    public int httpStatus() {
        return switch (this) {
            case DUPLICATED -> BAD_REQUEST;
            case FULL, CLOCK_SET_BACK -> SERVICE_UNAVAILABLE;
            default -> UNAUTHORIZED;
        };
    }
}
