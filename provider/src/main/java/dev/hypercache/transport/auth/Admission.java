package dev.hypercache.transport.auth;

/** What a {@link ReplayMemory} says of a nonce. */
public enum Admission {

    /** It is new, and remembered from now on. */
    ADMITTED,

    /** It was admitted before, or consists of zeros, as none that was made by chance does. */
    REPLAYED,

    /** As many are remembered as may be. */
    FULL,

    /** The clock was set back to a time whose nonces are forgotten. */
    CLOCK_SET_BACK
}
