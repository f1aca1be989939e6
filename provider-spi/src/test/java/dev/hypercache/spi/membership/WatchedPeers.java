package dev.hypercache.spi.membership;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Peer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What both doubles keep: whom they watch, what they said of each, and to whom. For one thread. */
final class WatchedPeers {

    private final NodeId self;
    private final Map<NodeId, Peer> peers = new LinkedHashMap<>();
    private final Map<NodeId, MemberAdvice> said = new LinkedHashMap<>();
    private @Nullable MembershipListener listener;
    private boolean closed;

    WatchedPeers(NodeId self) {
        this.self = self;
    }

    void start(MembershipListener listener) {
        if (this.listener != null || closed) {
            throw new IllegalStateException("a membership is started once, and not after it was closed");
        }
        this.listener = listener;
    }

    void watch(Collection<Peer> members) {
        if (listener == null) {
            throw new IllegalStateException("a membership is started before it watches anybody");
        }
        peers.clear();
        members.forEach(peer -> peers.put(peer.id(), peer));
        peers.remove(self);
        said.keySet().retainAll(peers.keySet());
    }

    Collection<Peer> peers() {
        return peers.values().stream().toList();
    }

    boolean isWatched(NodeId member) {
        return peers.containsKey(member);
    }

    /** Says it if that is new and the member is still watched. */
    void say(NodeId member, MemberHealth health, int observers) {
        MemberAdvice advice = new MemberAdvice(member, health, observers);
        MemberAdvice before = said.getOrDefault(member, new MemberAdvice(member, MemberHealth.ALIVE, observers));
        if (listener != null && !closed && isWatched(member) && !advice.equals(before)) {
            said.put(member, advice);
            listener.onAdvice(advice);
        }
    }

    void close() {
        closed = true;
    }
}
