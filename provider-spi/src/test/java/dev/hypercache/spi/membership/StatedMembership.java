package dev.hypercache.spi.membership;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Peer;
import java.util.Collection;

/** A double that says what a test states, and finds out nothing. For one thread. */
public final class StatedMembership implements Membership {

    private final WatchedPeers watched;

    /**
     * @param self the node whose membership this is
     */
    public StatedMembership(NodeId self) {
        this.watched = new WatchedPeers(self);
    }

    @Override
    public void start(MembershipListener listener) {
        watched.start(listener);
    }

    @Override
    public void watch(Collection<Peer> members) {
        watched.watch(members);
    }

    /** States how a member fares; of one that is not watched nothing is said. */
    public void state(NodeId member, MemberHealth health, int observers) {
        watched.say(member, health, observers);
    }

    @Override
    public void close() {
        watched.close();
    }
}
