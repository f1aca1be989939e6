package dev.hypercache.spi.storage;

/**
 * Makes retention policies, one for each cache on a node. Called by any thread; starts nothing.
 */
public interface RetentionPolicyFactory {

    /**
     * Makes a policy that knows no key.
     *
     * @param limits how much the cache may hold
     * @param listener who takes the proposals
     * @return a new policy that nobody else holds
     */
    RetentionPolicy create(RetentionLimits limits, RetentionListener listener);
}
