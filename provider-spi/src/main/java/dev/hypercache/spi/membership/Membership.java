package dev.hypercache.spi.membership;

import dev.hypercache.spi.Peer;
import java.util.Collection;

/**
 * Watches the members of a ring and says how they fare (CONSISTENCY §5, failure detection).
 *
 * <p>Life: {@link #start} once, {@link #watch} whenever the members change, {@link #close} once. Methods may be called by
 * any thread and never wait for the network.
 */
public interface Membership extends AutoCloseable {

    /**
     * Begins to watch.
     *
     * @param listener who is told
     * @throws IllegalStateException if started or closed before
     */
    void start(MembershipListener listener);

    /**
     * Replaces the set of members to watch. Those new to it count as {@link MemberHealth#ALIVE}; about those no longer in it
     * nothing is said any more. The node itself may be in it and is not watched.
     *
     * @param members the members that the topology log holds; a bounded number, at most a few hundred
     * @throws IllegalStateException before {@link #start}
     */
    void watch(Collection<Peer> members);

    /** Ends watching; once this returned the listener is called no more. Does nothing the second time. */
    @Override
    void close();
}
