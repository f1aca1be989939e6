package dev.hypercache.spi.security;

/** What came of verifying a signature. */
public sealed interface Verdict {

    /**
     * The message is authentic.
     *
     * @param keyId the key that signed it
     * @param role what that key may ask for
     */
    record Authentic(String keyId, Role role) implements Verdict {}

    /**
     * The message must not be believed. The sender learns none of the reasons.
     *
     * @param reason why, for the audit log
     */
    record Rejected(Reason reason) implements Verdict {}

    /** Why a message must not be believed. */
    enum Reason {

        /** No key with that id is installed. */
        UNKNOWN_KEY,

        /** The signature does not fit message and key. */
        WRONG_SIGNATURE,

        /** The signature fits, but its key is not valid yet. */
        KEY_NOT_YET_VALID,

        /** The signature fits, but its key is no longer valid. */
        KEY_EXPIRED
    }
}
