package dev.hypercache.transport.auth;

/** Why a caller is turned away: the word in the audit log; the caller learns nothing but the status. */
public enum Rejection {
    /** Its connection ended before the TLS handshake was complete: no certificate, one that nobody trusts, or no TLS at all. */
    HANDSHAKE(400),
    /** It proves nothing. */
    NO_PROOF(401),
    /** It offers two proofs at once. */
    SEVERAL_PROOFS(401),
    /** A certificate without exactly one identity. */
    NO_IDENTITY(403),
    /** An identity of another trust domain. */
    OTHER_TRUST_DOMAIN(403),
    /** An identity, a signature or a greeting of another cluster. */
    OTHER_CLUSTER(403),
    /** It speaks for a node other than the one that it was proved to be. */
    OTHER_NODE(403),
    /** A greeting of another version of frames, or to another node or another life of this one. */
    GREETING(403),
    /** A certificate that is over. */
    EXPIRED(401),
    /** A token that is unknown, malformed, not valid yet or no longer. */
    UNKNOWN_TOKEN(401),
    /** A signature, or the MAC of a frame, that does not verify; the detail says why. */
    SIGNATURE(401),
    /** More signed requests than the memory of their nonces holds. */
    REPLAY_MEMORY_FULL(503),
    /** A role that may not do this. */
    ROLE(403);

    private final int status;

    Rejection(int status) {
        this.status = status;
    }

    /** The status of an HTTP answer. */
    public int status() {
        return status;
    }
}
