package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.RingId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the ring and where, by short id and by incarnation. Immutable.
 *
 * @param ring the ring and its generation
 * @param self this node's own short id; {@link Clients#ON_THE_WIRE} at a client
 * @param peers what a transport wants to know of each; it is asked for with every message
 */
record Members(
        RingId ring,
        int self,
        Map<Integer, Member> byShortId,
        Map<Integer, Peer> peers,
        Map<NodeId, Integer> shortIds) {

    /** No member is of that incarnation. */
    static final int NOBODY = -1;

    /**
     * Reads them from the agreed state.
     *
     * @throws IllegalStateException if this node is no member
     */
    static Members of(ControlState state, String selfName) {
        Member self = state.roster().member(selfName);
        if (self == null) {
            throw new IllegalStateException("node '" + selfName + "' is not a member of the ring "
                    + state.founded().ring() + "; it must be admitted before it starts");
        }
        return of(state, self.shortId());
    }

    /** Reads them for a client, which is none of them. */
    static Members forClient(ControlState state) {
        return of(state, Clients.ON_THE_WIRE);
    }

    private static Members of(ControlState state, int self) {
        Map<Integer, Member> byShortId = new HashMap<>();
        Map<Integer, Peer> peers = new HashMap<>();
        Map<NodeId, Integer> shortIds = new HashMap<>();
        for (Member member : state.roster().members()) {
            byShortId.put(member.shortId(), member);
            peers.put(member.shortId(), member.peer());
            shortIds.put(member.id(), member.shortId());
        }
        return new Members(
                state.founded().ring(), self, Map.copyOf(byShortId), Map.copyOf(peers), Map.copyOf(shortIds));
    }

    /** Who is a member by another agreed state; null if this node is none any more, in this life. */
    @Nullable
    Members next(ControlState state) {
        if (isClient()) {
            return forClient(state);
        }
        NodeId own = selfId();
        return state.roster().member(own) == null ? null : of(state, own.name());
    }

    /** Who this node is, if it is a member. */
    NodeId selfId() {
        return Objects.requireNonNull(peers.get(self), "own peer").id();
    }

    /** Whether this node holds no data and has no vote. */
    boolean isClient() {
        return self == Clients.ON_THE_WIRE;
    }

    /** Whether a short id names the same life of the same node as among other members. */
    boolean isSame(Members others, int shortId) {
        Peer peer = peers.get(shortId);
        Peer other = others.peers.get(shortId);
        return peer != null && other != null && peer.id().equals(other.id());
    }

    @Nullable
    Member member(int shortId) {
        return byShortId.get(shortId);
    }

    @Nullable
    Peer peer(int shortId) {
        return peers.get(shortId);
    }

    /** The short id of exactly this incarnation, or {@link #NOBODY}. */
    int shortId(NodeId id) {
        return shortIds.getOrDefault(id, NOBODY);
    }

    /** How many there are, this node among them unless it is a client. */
    int size() {
        return byShortId.size();
    }

    /** The short ids of the other members. */
    int[] others() {
        return byShortId.keySet().stream()
                .mapToInt(Integer::intValue)
                .filter(id -> id != self)
                .sorted()
                .toArray();
    }
}
