package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.topology.raft.TopologyMessage.Answer;
import dev.hypercache.topology.raft.TopologyMessage.Call;
import dev.hypercache.topology.raft.TopologyMessage.CheckpointPart;
import dev.hypercache.topology.raft.TopologyMessage.OfEngine;
import dev.hypercache.topology.raft.TopologyMessage.Page;
import dev.hypercache.topology.raft.TopologyMessage.Pull;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Frames of the topology log as bytes; docs/PROTOCOL.md shows the layout.
 *
 * <p>A frame begins with its version, its kind, and the ring and generation. What comes from another ring is told apart before
 * anything else is read, so the engine never sees it. Every length is checked against the bytes that are there.
 */
final class RaftWire {

    static final int VERSION = 1;

    /** The most changes in a page, and the most bytes of them unless one alone is larger. */
    static final int PAGE_CHANGES_MAX = 512;

    static final int PAGE_BYTES_MAX = 1 << 20;

    /** The most bytes of a checkpoint in a frame. */
    static final int CHECKPOINT_PART_BYTES_MAX = 256 << 10;

    private static final int CALL = 16;
    private static final int ANSWER = 17;
    private static final int PULL = 18;
    private static final int PAGE = 19;
    private static final int CHECKPOINT_PART = 20;

    private final RingId ring;

    RaftWire(RingId ring) {
        this.ring = ring;
    }

    Payload encode(TopologyMessage message) {
        WireWriter out = new WireWriter();
        out.put1(VERSION).put1(kind(message));
        out.put8(ring.id().getMostSignificantBits()).put8(ring.id().getLeastSignificantBits());
        out.put8(ring.generation());
        if (message instanceof OfEngine m) {
            EngineMessages.put(out, m.message());
        } else if (message instanceof Call m) {
            putCall(out, m);
        } else if (message instanceof Answer m) {
            out.put8(m.number())
                    .put1(m.answer().kind().ordinal())
                    .put8(m.answer().index());
            out.optionalNode(m.leader());
        } else if (message instanceof Pull m) {
            out.put8(m.fromIndex()).put8(m.checkpointIndex()).put4(m.offset());
        } else if (message instanceof Page m) {
            putPage(out, m);
        } else if (message instanceof CheckpointPart m) {
            out.put8(m.index()).put4(m.length()).put4(m.offset()).payload(m.bytes());
        }
        return out.toPayload();
    }

    private static int kind(TopologyMessage message) {
        if (message instanceof OfEngine m) {
            return EngineMessages.kind(m.message());
        } else if (message instanceof Call) {
            return CALL;
        } else if (message instanceof Answer) {
            return ANSWER;
        } else if (message instanceof Pull) {
            return PULL;
        }
        return message instanceof Page ? PAGE : CHECKPOINT_PART;
    }

    private static void putCall(WireWriter out, Call call) {
        LogOperation.Propose propose = call.propose();
        out.put8(call.number()).flag(propose != null);
        if (propose != null) {
            out.put8(propose.expectedIndex());
            out.put8(propose.id().high()).put8(propose.id().low()).payload(propose.change());
        }
    }

    private static void putPage(WireWriter out, Page page) {
        out.put8(page.lastIndex()).optionalNode(page.leader()).nodes(page.voters());
        out.put8(page.changes().isEmpty() ? 0 : page.changes().get(0).index());
        out.put4(page.changes().size());
        page.changes().forEach(change -> out.payload(change.change()));
    }

    /**
     * Reads a frame.
     *
     * @param from who sent it, as the connection knows
     * @throws MalformedFrameException if it is none, or of another ring or generation
     */
    TopologyMessage decode(NodeId from, ByteBuffer frame) throws MalformedFrameException {
        WireReader in = new WireReader(frame);
        int version = in.take1();
        int kind = in.take1();
        if (version != VERSION) {
            throw new MalformedFrameException("version is " + version + ", known is " + VERSION);
        }
        UUID id = new UUID(in.take8(), in.take8());
        if (!id.equals(ring.id()) | in.take8() != ring.generation()) {
            throw new MalformedFrameException("of another ring or generation");
        }
        TopologyMessage message = take(kind, from, in);
        in.end();
        return message;
    }

    private TopologyMessage take(int kind, NodeId from, WireReader in) throws MalformedFrameException {
        switch (kind) {
            case CALL:
                return takeCall(in);
            case ANSWER:
                return takeAnswer(in);
            case PULL:
                return new Pull(in.index(), in.index(), in.within(0, RaftTopologyLog.STATE_BYTES_MAX));
            case PAGE:
                return takePage(in);
            case CHECKPOINT_PART:
                return takePart(in);
            default:
                return new OfEngine(EngineMessages.take(kind, ring, new EngineEndpoint(from), in));
        }
    }

    private static Call takeCall(WireReader in) throws MalformedFrameException {
        long number = in.index();
        if (!in.flag()) {
            return new Call(number, null);
        }
        long expected = in.index();
        ChangeId id = new ChangeId(in.take8(), in.take8());
        return new Call(number, new LogOperation.Propose(expected, id, in.payload(RaftTopologyLog.CHANGE_BYTES_MAX)));
    }

    private static Answer takeAnswer(WireReader in) throws MalformedFrameException {
        long number = in.index();
        int code = in.take1();
        LeaderAnswer.Kind[] kinds = LeaderAnswer.Kind.values();
        if (code >= kinds.length) {
            throw new MalformedFrameException("no kind of answer: " + code);
        }
        return new Answer(number, new LeaderAnswer(kinds[code], in.index()), in.optionalNode());
    }

    private static Page takePage(WireReader in) throws MalformedFrameException {
        long last = in.index();
        NodeId leader = in.optionalNode();
        List<NodeId> voters = in.nodes();
        long first = in.index();
        int count = in.within(0, PAGE_CHANGES_MAX);
        List<TopologyChange> changes = new ArrayList<>();
        if (count > 0 != first > 0) {
            throw new MalformedFrameException("changes from " + first + " on");
        }
        for (int i = 0; i < count; i++) {
            changes.add(new TopologyChange(first + i, in.payload(RaftTopologyLog.CHANGE_BYTES_MAX)));
        }
        return new Page(last, leader, voters, changes);
    }

    private static CheckpointPart takePart(WireReader in) throws MalformedFrameException {
        long index = in.index();
        int length = in.within(0, RaftTopologyLog.STATE_BYTES_MAX);
        int offset = in.within(0, length);
        Payload bytes = in.payload(Math.min(CHECKPOINT_PART_BYTES_MAX, length - offset));
        if (index < 1 || bytes.length() == 0 && offset < length) {
            throw new MalformedFrameException("no part of a checkpoint");
        }
        return new CheckpointPart(index, length, offset, bytes);
    }
}
