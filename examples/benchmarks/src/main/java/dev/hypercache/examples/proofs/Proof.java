package dev.hypercache.examples.proofs;

/** How the processes of a benchmark know each other. */
public enum Proof {
    /** They ask nobody. */
    NONE,
    /** By a shared key: every frame is authentic and can be read by everybody. */
    KEYS,
    /** By certificates of both ends, over TLS 1.3. */
    CERTIFICATES
}
