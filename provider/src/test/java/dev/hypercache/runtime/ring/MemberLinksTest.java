package dev.hypercache.runtime.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.Remove;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.ReplyHandler;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.telemetry.NodeMetrics;
import dev.hypercache.transport.frame.Frames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How messages leave a node: alone, or several as one frame. */
final class MemberLinksTest {

    private static final int ONE = 2;
    private static final int OTHER = 300;
    private static final int SLOT = 40;

    /** A frame that left, what is in it, and its lane. */
    private record Left(String to, int lane, List<Message> messages) {}

    private final NodeMetrics metrics =
            NodeMetrics.create(Settings.load(ManagerUri.of(null), new Properties(), Sources.none()));
    private final List<Left> left = new ArrayList<>();
    private Runnable whenOneLeaves = () -> {};
    private final MemberLinks links = new MemberLinks(
            new Wire(),
            new Members(
                    new RingId(new UUID(1, 2), 1),
                    1,
                    Map.of(),
                    Map.of(ONE, peer("one"), OTHER, peer("other")),
                    Map.of()),
            new FillingPace(() -> 0, millis -> {}),
            new RingMetrics(metrics.node()),
            NodeLog.of(MemberLinksTest.class, "test"));

    private static Peer peer(String name) {
        return new Peer(new NodeId(name, new Incarnation(1)), new Address(name, 7400));
    }

    private static Message confirm(int round) {
        return new Confirm(SLOT, 2, round, 0, 4);
    }

    private static Message unwritable() {
        RequestHead head = new RequestHead(1, null, 0, 1, 1, false, 1000);
        return new Execute(SLOT, head, 7, new Remove("no bytes"), false, null);
    }

    private static Left left(String to, int lane, Message... messages) {
        return new Left(to, lane, List.of(messages));
    }

    private long dropped() {
        return metrics.node().read(MetricName.FRAMES_DROPPED);
    }

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void messageLeavesAtOnceInTheLaneOfItsSlot() {
        links.post(ONE, confirm(1));
        assertThat(left).containsExactly(left("one", SLOT, confirm(1)));
        links.post(OTHER, confirm(2));
        assertThat(left).hasSize(2).contains(left("other", SLOT, confirm(2)));
    }

    @Test
    void whatIsSentTogetherLeavesAsOneFrameForEachMember() {
        links.together(() -> {
            links.post(OTHER, confirm(1));
            links.post(ONE, confirm(2));
            links.together(() -> links.post(OTHER, confirm(3)));
            links.post(OTHER, confirm(4));
            assertThat(left).isEmpty();
        });
        assertThat(left)
                .containsExactly(
                        left("other", OTHER, confirm(1), confirm(3), confirm(4)), left("one", ONE, confirm(2)));
    }

    @Test
    void whatIsGatheredLeavesThoughTheWorkFails() {
        RuntimeException failure = new IllegalStateException("the work");
        Runnable work = () -> {
            links.post(ONE, confirm(1));
            throw failure;
        };
        assertThatThrownBy(() -> links.together(work)).isSameAs(failure);
        assertThat(left).containsExactly(left("one", ONE, confirm(1)));
    }

    @Test
    void messageThatCannotBeWrittenIsDroppedAndCountedAndTheOthersLeave() {
        links.together(() -> {
            links.post(ONE, confirm(1));
            links.post(ONE, unwritable());
            links.post(ONE, confirm(2));
        });
        assertThat(left).containsExactly(left("one", ONE, confirm(1), confirm(2)));
        assertThat(dropped()).isEqualTo(1);

        links.post(ONE, unwritable());
        assertThat(left).hasSize(1);
        assertThat(dropped()).isEqualTo(2);
    }

    @Test
    void messageToNobodyIsDroppedAndCounted() {
        links.post(77, confirm(1));
        links.together(() -> links.post(77, confirm(1)));
        assertThat(left).isEmpty();
        assertThat(dropped()).isEqualTo(2);
    }

    @Test
    void messageSentWhileAnotherLeavesIsNoPartOfIt() {
        whenOneLeaves = () -> {
            whenOneLeaves = () -> {};
            links.post(OTHER, confirm(3));
            links.together(() -> {
                links.post(OTHER, confirm(4));
                links.post(OTHER, confirm(5));
            });
        };
        links.together(() -> {
            links.post(ONE, confirm(1));
            links.post(OTHER, confirm(2));
        });
        assertThat(left)
                .containsExactly(
                        left("other", SLOT, confirm(3)),
                        left("other", OTHER, confirm(4), confirm(5)),
                        left("one", ONE, confirm(1)),
                        left("other", OTHER, confirm(2)));
    }

    /** Keeps what is handed to it. */
    private final class Wire implements Transport {

        @Override
        public Address start(TransportListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PeerLink link(Peer peer) {
            return new Link(peer);
        }

        @Override
        public void close() {}
    }

    private final class Link implements PeerLink {
        private final Peer peer;

        Link(Peer peer) {
            this.peer = peer;
        }

        @Override
        public Peer peer() {
            return peer;
        }

        @Override
        public void call(Frame request, int lane, long timeoutNanos, ReplyHandler handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean post(Frame message, int lane) {
            if (peer.id().name().equals("one")) {
                whenOneLeaves.run();
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) message.length());
            bytes.put(message.head().buffer()).put(message.value().buffer()).flip();
            left.add(new Left(peer.id().name(), lane, Frames.messagesOf(bytes)));
            return true;
        }

        @Override
        public void reconnect() {}

        @Override
        public void close() {}
    }
}
