package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.TopologyAdvanced;
import dev.hypercache.core.message.TopologyFrame;
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.Peer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Where the topology log meets the node: its frames go and come over the node's links. Safe for use by any threads. */
final class TopologyDoor {

    private final TopologyEngine engine;
    private final ControlPlane control;
    private final MemberLinks links;
    private final Runnable behind;

    /** @param behind told when another member knows more of the log */
    TopologyDoor(TopologyEngine engine, ControlPlane control, MemberLinks links, Runnable behind) {
        this.engine = engine;
        this.control = control;
        this.links = links;
        this.behind = behind;
        engine.sendBy(this::send);
    }

    private void send(NodeId to, Payload frame) {
        int member = links.members().shortId(to);
        if (member != Members.NOBODY) {
            links.post(member, new TopologyFrame(ValueBytes.of(frame.toBytes())));
        }
    }

    /** A message of another member; false if it is about something else. */
    boolean receive(int sender, Message message) {
        if (message instanceof TopologyAdvanced advanced) {
            if (advanced.index() > control.state().index()) {
                behind.run();
            }
            return true;
        }
        Peer peer = links.members().peer(sender);
        if (message instanceof TopologyFrame frame && frame.frame() instanceof ValueBytes bytes) {
            if (peer != null) {
                engine.receive(peer.id(), bytes.payload().buffer());
            }
            return true;
        }
        return false;
    }

    /** The last connection with a member is gone. */
    void lost(NodeId peer) {
        engine.peerLost(peer);
    }

    /** A change of this node was taken: the others need not wait for their turn to hear of it. */
    void appended(long index) {
        for (int member : links.members().others()) {
            links.post(member, new TopologyAdvanced(index));
        }
    }

    /** The node has followed the log. */
    void followed(ControlState state) {
        engine.electorate(state.index(), voters(state));
    }

    /** Whether the log has the voters that it should have. */
    boolean isSettled(ControlState state) {
        return engine.hasVotersOf(voters(state));
    }

    /** Whether the log has a vote of a node, which must not go before. */
    boolean isVoter(NodeId node) {
        return engine.voters().contains(node);
    }

    /** Whether the ring has removed a node, as far as known here. */
    boolean wasRemoved(NodeId node) {
        return control.state().roster().wasRemoved(node);
    }

    /** Whether a majority of the log's voters is not suspected; one that has no voters cannot lose them. */
    boolean hearsMajority(BitSet suspected) {
        List<NodeId> voters = engine.electors();
        long heard = voters.stream()
                .mapToInt(voter -> links.members().shortId(voter))
                .filter(member -> member != Members.NOBODY && !suspected.get(member))
                .count();
        return voters.isEmpty() || heard > voters.size() / 2;
    }

    /** Of whom a majority must be there for the log to go on. */
    List<NodeId> electors() {
        return engine.electors();
    }

    /** Members that are leaving do not vote, unless there are no others. */
    private static List<NodeId> voters(ControlState state) {
        List<NodeId> staying = new ArrayList<>();
        List<NodeId> leaving = new ArrayList<>();
        for (Member member : state.roster().members()) {
            (member.draining() ? leaving : staying).add(member.id());
        }
        return staying.isEmpty() ? leaving : staying;
    }
}
