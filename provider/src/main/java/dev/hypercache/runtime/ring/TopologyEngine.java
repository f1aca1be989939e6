package dev.hypercache.runtime.ring;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What a topology log needs of its node if its engine talks to those of other members over the node's own channels. Safe for use by
 * any threads; methods return at once.
 */
public interface TopologyEngine {

    /** For a log that has other ways. */
    TopologyEngine NONE = new TopologyEngine() {};

    /**
     * How frames leave from now on; before, they are lost.
     *
     * @param sender takes a frame for a member, or drops it
     */
    default void sendBy(BiConsumer<NodeId, Payload> sender) {}

    /**
     * A frame of another member.
     *
     * @param from the member, proved by its connection
     * @param frame its bytes, which are the engine's from now on
     */
    default void receive(NodeId from, ByteBuffer frame) {}

    /** The last connection with a member is gone. */
    default void peerLost(NodeId peer) {}

    /**
     * The node has followed the log.
     *
     * @param index the last change that it knows
     * @param members those that may vote, the preferred ones first
     */
    default void electorate(long index, List<NodeId> members) {}

    /** Whether as many of these vote as should: until then the log is slow, or could lose its majority with one more node. */
    default boolean hasVotersOf(List<NodeId> members) {
        return true;
    }

    /** Of whom a majority must be there for the log to go on, as far as known here. Empty if nobody can be missed. */
    default List<NodeId> electors() {
        return voters();
    }

    /** Who votes as all agree on it: none of them should go before that has changed. */
    default List<NodeId> voters() {
        return List.of();
    }
}
