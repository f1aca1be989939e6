package dev.hypercache.spi.membership;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Peer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A double in the shape of Kubernetes: believes a list of endpoints that somebody else keeps, and asks for it when it is polled.
 *
 * <p>A member that is missing in one list is suspect, in two lists in a row dead. Who keeps the list has watched it in ways of
 * its own, and counts as the two observers that the log wants. A list that cannot be had says nothing. For one thread.
 */
public final class EndpointMembership implements Membership {

    private static final int OBSERVERS = 2;
    private static final int MISSING_DEAD = 2;

    private final Supplier<Collection<Address>> endpoints;
    private final WatchedPeers watched;
    private final Map<NodeId, Integer> missing = new HashMap<>();

    /**
     * @param self the node whose membership this is
     * @param endpoints the addresses of all who are ready; may throw
     */
    public EndpointMembership(NodeId self, Supplier<Collection<Address>> endpoints) {
        this.watched = new WatchedPeers(self);
        this.endpoints = endpoints;
    }

    @Override
    public void start(MembershipListener listener) {
        watched.start(listener);
    }

    @Override
    public void watch(Collection<Peer> members) {
        watched.watch(members);
        missing.keySet().removeIf(member -> !watched.isWatched(member));
    }

    /** Asks for the list once. */
    public void poll() {
        Set<Address> present;
        try {
            present = Set.copyOf(endpoints.get());
        } catch (RuntimeException unavailable) {
            return; // Who cannot ask knows no more than before.
        }
        for (Peer peer : watched.peers()) {
            int times = present.contains(peer.address()) ? 0 : missing.getOrDefault(peer.id(), 0) + 1;
            missing.put(peer.id(), Math.min(times, MISSING_DEAD));
            watched.say(peer.id(), healthOf(times), OBSERVERS);
        }
    }

    private static MemberHealth healthOf(int timesMissing) {
        if (timesMissing == 0) {
            return MemberHealth.ALIVE;
        }
        return timesMissing < MISSING_DEAD ? MemberHealth.SUSPECT : MemberHealth.DEAD;
    }

    @Override
    public void close() {
        watched.close();
    }
}
