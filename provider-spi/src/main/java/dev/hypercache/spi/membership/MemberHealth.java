package dev.hypercache.spi.membership;

/** How a member seems to fare. */
public enum MemberHealth {

    /** It answers, or nothing speaks against it yet. */
    ALIVE,

    /** It does not answer; it may refute that. */
    SUSPECT,

    /** It did not refute the suspicion in time. It may still come back as {@link #ALIVE} if it was only cut off. */
    DEAD
}
