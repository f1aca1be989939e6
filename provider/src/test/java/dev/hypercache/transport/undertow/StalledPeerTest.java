package dev.hypercache.transport.undertow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.spi.transport.CallFailure.ConnectionLost;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.Outcome;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A peer that takes nothing costs what the network's buffers hold, then its connection. */
final class StalledPeerTest extends RawNodes {

    private static final int REPLY_BYTES = 60_000;
    /** More than the kernel's buffers of both directions hold on a machine with large ones. */
    private static final long BYTES_MAX = 64L << 20;

    /** Lets a peer in that has all its time, and asks until the node reads no more; returns the bytes that it took. */
    private static long askWithoutReading(Node node, SocketChannel peer) throws Exception {
        byte[] upgrade = RawPeer.UPGRADE.getBytes(US_ASCII);
        byte[] greeting = RawPeer.bytesOf(MuxHeader.HELLO, 0, 0, hello(node).encode());
        peer.write(ByteBuffer.wrap(upgrade));
        peer.write(ByteBuffer.wrap(greeting));
        assertThat(node.listener().awaitNews()).isEqualTo("connected raw#1");
        peer.configureBlocking(false);
        ByteBuffer request = ByteBuffer.allocate(1_024).putLong(TimeUnit.MINUTES.toNanos(1));
        byte[] frame = RawPeer.bytesOf(MuxHeader.CALL, 0, 1, request.clear());
        ByteBuffer some = ByteBuffer.allocate(16 * frame.length);
        while (some.hasRemaining()) {
            some.put(frame);
        }
        some.flip();
        long taken = 0;
        long lastTaken = System.nanoTime();
        while (System.nanoTime() - lastTaken < TimeUnit.MILLISECONDS.toNanos(200) && taken < BYTES_MAX) {
            int bytes = peer.write(some);
            taken += bytes;
            lastTaken = bytes > 0 ? System.nanoTime() : lastTaken;
            if (!some.hasRemaining()) {
                some.rewind();
            }
            Thread.onSpinWait();
        }
        return taken;
    }

    private static void answerAtLength(Node node) {
        Frame reply = frame(REPLY_BYTES);
        node.listener()
                .onRequest(request -> request.responder().reply(request.bytes().length < 100 ? request.echo() : reply));
    }

    @Test
    void nodeReadsNoMoreOfAPeerThatTakesNoRepliesAndServesOthers() throws Exception {
        Node one = start("one");
        Node two = start("two");
        answerAtLength(two);
        try (SocketChannel peer = SocketChannel.open(
                new InetSocketAddress(two.address().host(), two.address().port()))) {
            assertThat(askWithoutReading(two, peer)).isLessThan(BYTES_MAX);
            assertThat(text(one.call(two, "and me?").awaitReply())).isEqualTo("and me?");
        }
    }

    @Test
    void peerThatTakesNothingForTooLongLosesItsConnection() throws Exception {
        use(TestSettings.defaults().impatient());
        Node two = start("two");
        answerAtLength(two);
        try (SocketChannel peer = SocketChannel.open(
                new InetSocketAddress(two.address().host(), two.address().port()))) {
            try {
                askWithoutReading(two, peer);
            } catch (IOException closed) {
                assertThat(two.transport().counts().stalls()).isPositive();
            }
            await().untilAsserted(() ->
                    assertThat(two.transport().counts().connections()).isZero());
            assertThat(two.transport().counts().stalls()).isEqualTo(1);
        }
        assertThat(two.listener().awaitNews()).isEqualTo("disconnected raw#1");
    }

    @Test
    void callerIsNotHeldUpByAPeerThatReadsNothing() throws Exception {
        use(TestSettings.defaults().impatient());
        Node one = start("one");
        try (FakeNode fake = new FakeNode(id("fake", 1))) {
            PeerLink link = one.transport().link(fake.peer());
            Outcome first = new Outcome();
            link.call(frame("hello"), 0, LONG_NANOS, first);
            try (RawPeer unread = fake.letIn(1, 1)) {
                boolean accepted = true;
                for (int post = 0; post < 2_000 && accepted; post++) {
                    accepted = link.post(frame(FRAME_BYTES_MAX), 0);
                }
                assertThat(accepted).isFalse();
                assertThat(first.awaitFailure()).isInstanceOf(ConnectionLost.class);
                assertThat(unread.isClosedByTheNode()).isTrue();
            }
        }
    }
}
