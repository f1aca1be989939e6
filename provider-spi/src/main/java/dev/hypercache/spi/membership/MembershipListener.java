package dev.hypercache.spi.membership;

/**
 * Is told of members' health. Called by any thread, one call at a time for each member, in the order of events; returns at
 * once and does not throw.
 */
public interface MembershipListener {

    /**
     * A watched member's health changed, or more members came to believe the same.
     *
     * @param advice the newest belief
     */
    void onAdvice(MemberAdvice advice);
}
