package dev.hypercache.transport.undertow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever breaks the protocol loses its connection, and nobody else loses anything. */
final class HostilePeerTest extends RawNodes {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private static void assertServes(Node node, Node by) throws InterruptedException {
        assertThat(text(by.call(node, "still there?").awaitReply())).isEqualTo("still there?");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 0, 11, MuxHeader.FRAME_BYTES_MAX - 3})
    void lengthThatNoFrameHasEndsTheConnection(int length) throws Exception {
        Node one = start("one");
        Node two = start("two");
        try (RawPeer peer = join(two)) {
            peer.send(ByteBuffer.allocate(4).putInt(length).array());
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
        assertServes(two, one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "\0\0\0\0\0\0\0\0", "\0\0\0\u000c\u0002\0\0\0\0\0\0\0\0\0\0\0"})
    void anythingButAGreetingEndsTheConnection(String first) throws Exception {
        Node one = start("one");
        Node two = start("two");
        try (RawPeer peer = RawPeer.dial(two.address())) {
            peer.upgrade();
            peer.send(first);
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
        assertServes(two, one);
        assertThat(two.transport().counts().refusals()).isEqualTo(1);
    }

    @Test
    void greetingThatDoesNotEndEndsTheConnection() throws Exception {
        Node two = start("two");
        try (RawPeer peer = RawPeer.dial(two.address())) {
            peer.upgrade();
            peer.send(ByteBuffer.allocate(4_000).putInt(0, 60_000).array());
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
    }

    @Test
    void nothingAfterTheUpgradeEndsTheConnectionInTime() throws Exception {
        use(TestSettings.defaults().impatient());
        Node two = start("two");
        try (RawPeer peer = RawPeer.dial(two.address())) {
            peer.upgrade();
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
    }

    @Test
    void silenceOfAPeerEndsItsConnectionInTimeAndIsNoReset() throws Exception {
        use(TestSettings.defaults().impatient());
        Node two = start("two");
        try (RawPeer peer = join(two)) {
            assertThat(peer.read().opcode()).isEqualTo(MuxHeader.GOAWAY);
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
        assertThat(two.listener().awaitNews()).isEqualTo("connected raw#1");
        assertThat(two.listener().awaitNews()).isEqualTo("disconnected raw#1");
    }

    static Stream<byte[]> breaches() {
        ByteBuffer chunk = ByteBuffer.allocate(20)
                .putLong(1_000_000_000)
                .putInt(100)
                .put(new byte[8])
                .flip();
        ByteBuffer huge = ByteBuffer.allocate(20)
                .putLong(1_000_000_000)
                .putInt(1 << 30)
                .put(new byte[8])
                .flip();
        byte[] begun = RawPeer.bytesOf(MuxHeader.CALL, MuxHeader.MORE, 1, chunk);
        byte[] other = RawPeer.bytesOf(MuxHeader.POST, MuxHeader.ONEWAY, 2, NONE);
        return Stream.of(
                RawPeer.bytesOf(MuxHeader.HELLO, 0, 0, NONE),
                RawPeer.bytesOf(9, 0, 0, NONE),
                RawPeer.bytesOf(MuxHeader.POST, MuxHeader.MAC, 0, NONE),
                RawPeer.bytesOf(MuxHeader.POST, 1 << 7, 0, NONE),
                RawPeer.bytesOf(MuxHeader.CALL, MuxHeader.RESPONSE, 1, NONE),
                RawPeer.bytesOf(MuxHeader.CALL, 0, 1, NONE),
                RawPeer.bytesOf(MuxHeader.CALL, MuxHeader.MORE, 1, huge),
                ByteBuffer.allocate(begun.length + other.length)
                        .put(begun)
                        .put(other)
                        .array(),
                RawPeer.bytesOf(MuxHeader.POST, MuxHeader.COMPRESSED, 0, NONE),
                RawPeer.bytesOf(
                        MuxHeader.POST,
                        MuxHeader.COMPRESSED,
                        0,
                        ByteBuffer.allocate(4).putInt(0, -1)),
                RawPeer.bytesOf(
                        MuxHeader.POST,
                        MuxHeader.COMPRESSED,
                        0,
                        ByteBuffer.allocate(40).putInt(0, 99)));
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void breachOfTheProtocolEndsTheConnection(byte[] breach) throws Exception {
        Node one = start("one");
        Node two = start("two");
        try (RawPeer peer = join(two)) {
            peer.send(breach);
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
        assertServes(two, one);
    }

    @Test
    void bytesBehindTheUpgradeRequestAreServed() throws Exception {
        Node two = start("two");
        byte[] upgrade = RawPeer.UPGRADE.getBytes(US_ASCII);
        byte[] greeting = RawPeer.bytesOf(MuxHeader.HELLO, 0, 0, hello(two).encode());
        byte[] ping = RawPeer.bytesOf(MuxHeader.PING, 0, 77, NONE);
        try (RawPeer peer = RawPeer.dial(two.address())) {
            peer.send(ByteBuffer.allocate(upgrade.length + greeting.length + ping.length)
                    .put(upgrade)
                    .put(greeting)
                    .put(ping)
                    .array());
            assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(peer.read().opcode()).isEqualTo(MuxHeader.HELLO);
            RawPeer.Received pong = peer.read();
            assertThat(pong.opcode()).isEqualTo(MuxHeader.PING);
            assertThat(pong.id()).isEqualTo(77);
        }
    }

    @Test
    void frameThatComesByteByByteIsServed() throws Exception {
        Node two = start("two");
        try (RawPeer peer = join(two)) {
            byte[] frame = RawPeer.bytesOf(
                    MuxHeader.CALL,
                    0,
                    5,
                    ByteBuffer.allocate(11)
                            .putLong(10_000_000_000L)
                            .put(new byte[3])
                            .flip());
            for (byte one : frame) {
                peer.send(new byte[] {one});
            }
            assertThat(peer.read()).satisfies(reply -> {
                assertThat(reply.id()).isEqualTo(5);
                assertThat(reply.body()).hasSize(3);
            });
        }
    }

    @Test
    void endWithoutGoodByeIsAResetAndWithOneIsNot() throws Exception {
        Node two = start("two");
        RawPeer abrupt = join(two);
        abrupt.close();
        assertThat(two.listener().awaitNews()).isEqualTo("connected raw#1");
        assertThat(two.listener().awaitNews()).isEqualTo("reset raw#1");
        try (RawPeer polite = join(two)) {
            polite.frame(MuxHeader.GOAWAY, MuxHeader.ONEWAY, 0, NONE);
        }
        assertThat(two.listener().awaitNews()).isEqualTo("connected raw#1");
        assertThat(two.listener().awaitNews()).isEqualTo("disconnected raw#1");
    }

    @Test
    void newConnectionInAPlaceReplacesTheOldOne() throws Exception {
        Node two = start("two");
        try (RawPeer first = join(two);
                RawPeer second = join(two)) {
            assertThat(first.isClosedByTheNode()).isTrue();
            second.call(3, new byte[2]);
            assertThat(second.read().id()).isEqualTo(3);
        }
    }

    @Test
    void callsBeyondTheBoundOfTheServingNodeAreAnsweredAsOverloaded() throws Exception {
        Node two = start(new TransportOptions(id("two", 1), bind(), FRAME_BYTES_MAX, 2, 8L << 20));
        two.listener().onRequest(request -> {});
        try (RawPeer peer = join(two)) {
            for (int id = 1; id <= 3; id++) {
                peer.call(id, new byte[1]);
            }
            RawPeer.Received answer = peer.read();
            assertThat(answer.id()).isEqualTo(3);
            assertThat(answer.flags()).isEqualTo(MuxHeader.RESPONSE | MuxHeader.ERROR);
            assertThat(answer.status()).isEqualTo(MuxHeader.STATUS_OVERLOADED);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void randomFramesHarmNobodyElse(long seed) throws Exception {
        Node one = start("one");
        Node two = start("two");
        SplittableRandom random = new SplittableRandom(seed);
        for (int connection = 0; connection < 100; connection++) {
            try (RawPeer peer = join(two)) {
                for (int frame = 0; frame < 20; frame++) {
                    peer.send(randomFrame(random));
                }
            } catch (SocketException closedByTheNode) {
                assertThat(two.transport().counts().connections()).isNotNegative();
            }
        }
        assertServes(two, one);
    }

    /** Mostly legal, so that it gets further than the header. */
    private static byte[] randomFrame(SplittableRandom random) {
        byte[] body = new byte[random.nextInt(40)];
        random.nextBytes(body);
        if (body.length >= 8 && random.nextInt(4) > 0) {
            ByteBuffer.wrap(body).putLong(random.nextLong(1L << 40));
        }
        if (body.length >= 12 && random.nextBoolean()) {
            ByteBuffer.wrap(body).putInt(8, random.nextInt(200));
        }
        int flags = random.nextInt(10) == 0 ? random.nextInt(256) : random.nextBoolean() ? MuxHeader.MORE : 0;
        byte[] frame = RawPeer.bytesOf(2 + random.nextInt(4), flags, random.nextLong(3), ByteBuffer.wrap(body));
        if (random.nextInt(50) == 0) {
            frame[random.nextInt(frame.length)]++;
        }
        return frame;
    }

    @Test
    void thousandBrokenConnectionsLeaveNothingBehind() throws Exception {
        Node one = start("one");
        Node two = start("two");
        for (int i = 0; i < 1_000; i++) {
            brokenConnection(two, i % 3);
        }
        assertServes(two, one);
        await().untilAsserted(
                        () -> assertThat(two.transport().counts().connections()).isEqualTo(1));
    }

    private static void brokenConnection(Node node, int kind) throws IOException {
        try (RawPeer peer = RawPeer.dial(node.address())) {
            if (kind > 0) {
                peer.send(RawPeer.UPGRADE);
            }
            if (kind > 1) {
                peer.send("garbage that is no greeting");
            }
        }
    }
}
