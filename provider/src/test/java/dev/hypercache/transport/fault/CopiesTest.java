package dev.hypercache.transport.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.Outcome;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.ReplyHandler;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.spi.transport.TransportOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the caller hears when the two copies of its request fare differently. */
final class CopiesTest {

    private static final CallFailure LOST = new CallFailure.ConnectionLost(true, "reset");
    private static final CallFailure DECLINED = new CallFailure.Overloaded("calls");
    private static final Peer PEER = new Peer(new NodeId("two", new Incarnation(1)), new Address("two", 1));

    private final Faults faults = Faults.of(
            FaultPlan.seeded(1).everywhere(LinkFaults.NONE.duplicating(1)).build());
    private final List<ReplyHandler> copies = new ArrayList<>();
    private final Outcome outcome = new Outcome();

    @Test
    void doubtOfOneCopyIsTheAnswerInEitherOrder() throws Exception {
        call();
        copies.get(0).onFailure(LOST);
        assertThat(outcome.isAnswered()).isFalse();
        copies.get(1).onFailure(DECLINED);
        assertThat(outcome.awaitFailure()).isEqualTo(LOST);

        call();
        copies.get(2).onFailure(DECLINED);
        copies.get(3).onFailure(LOST);
        assertThat(outcome.awaitFailure()).isEqualTo(LOST);
    }

    @Test
    void certaintyNeedsBothCopies() throws Exception {
        call();
        copies.get(0).onFailure(DECLINED);
        copies.get(1).onFailure(DECLINED);

        assertThat(outcome.awaitFailure()).isEqualTo(DECLINED);
    }

    @Test
    void replyToOneCopyIsTheAnswerWhateverBecomesOfTheOther() throws Exception {
        call();
        copies.get(1).onFailure(LOST);
        copies.get(0).onReply(ByteBuffer.wrap(new byte[] {5}));
        copies.get(0).onReply(ByteBuffer.wrap(new byte[] {6}));

        assertThat(outcome.awaitReply()).containsExactly(5);
        assertThat(outcome.isAnswered()).isFalse();
    }

    private void call() {
        TransportOptions options =
                TransportOptions.withDefaults(new NodeId("one", new Incarnation(1)), new Address("one", 1));
        new FaultyTransport(new Recorder(), options, faults)
                .link(PEER)
                .call(Frame.of(Payload.EMPTY), 0, Long.MAX_VALUE / 4, outcome);
    }

    /** Keeps the handlers of calls and does nothing else. */
    private final class Recorder implements Transport, PeerLink {

        @Override
        public Address start(TransportListener listener) {
            return new Address("one", 1);
        }

        @Override
        public PeerLink link(Peer peer) {
            return this;
        }

        @Override
        public Peer peer() {
            return PEER;
        }

        @Override
        public void call(Frame request, int lane, long timeoutNanos, ReplyHandler handler) {
            copies.add(handler);
        }

        @Override
        public boolean post(Frame message, int lane) {
            return true;
        }

        @Override
        public void reconnect() {}

        @Override
        public void close() {}
    }
}
