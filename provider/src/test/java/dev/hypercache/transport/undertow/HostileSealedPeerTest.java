package dev.hypercache.transport.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.spi.transport.CallFailure.Refused;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where frames are authentic, whoever dials and does not hold the key, or changes, repeats or leaves out frames, gets nowhere. */
final class HostileSealedPeerTest extends RawNodes {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);
    private static final LiveKeys KEYS = TestKeys.holding("k1");

    @BeforeEach
    void authenticate() {
        use(TestSettings.defaults().sharing(KEYS));
    }

    private static SealedPeer dial(Node node) throws IOException {
        return SealedPeer.dial(node.address(), KEYS, node.id().name());
    }

    /** A peer that the node has let in. */
    private static SealedPeer joinSealed(Node node) throws IOException {
        SealedPeer peer = dial(node);
        peer.frame(MuxHeader.HELLO, 0, 0, hello(node).encode());
        RawPeer.Received answer = peer.read();
        if (answer.opcode() != MuxHeader.HELLO || answer.flags() != MuxHeader.RESPONSE) {
            throw new IOException("not let in: " + answer);
        }
        return peer;
    }

    private static byte[] request() {
        return ByteBuffer.allocate(11).putLong(10_000_000_000L).array();
    }

    private static void assertLeft(SealedPeer peer, Node node, Node by) throws Exception {
        assertThat(peer.isClosedByTheNode()).isTrue();
        await().untilAsserted(
                        () -> assertThat(node.transport().counts().refusals()).isEqualTo(1));
        assertThat(text(by.call(node, "still there?").awaitReply())).isEqualTo("still there?");
    }

    @Test
    void peerThatHoldsTheKeyIsServed() throws Exception {
        Node two = start("two");
        try (SealedPeer peer = joinSealed(two)) {
            for (int id = 1; id <= 3; id++) {
                peer.frame(MuxHeader.CALL, 0, id, ByteBuffer.wrap(request()));
                RawPeer.Received answer = peer.read();
                assertThat(answer.id()).isEqualTo(id);
                assertThat(answer.body()).hasSize(3);
            }
            peer.frame(MuxHeader.PING, 0, 77, NONE);
            assertThat(peer.read().id()).isEqualTo(77);
        }
    }

    /** What comes on a connection that both ends hold for authentic. */
    interface Attack {

        /** Makes the bytes, from frames that are authentic. */
        byte[] bytes(SealedPeer peer);
    }

    private static byte[] flipped(byte[] frame, int at) {
        frame[at] ^= 4;
        return frame;
    }

    private static byte[] call(SealedPeer peer) {
        return peer.seal(MuxHeader.CALL, 0, 1, ByteBuffer.wrap(request()));
    }

    private static byte[] both(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static Arguments attack(String name, Attack attack) {
        return Arguments.of(name, attack);
    }

    static Stream<Arguments> attacks() {
        ByteBuffer challenge = ByteBuffer.allocate(32);
        return Stream.of(
                attack("second hello", peer -> peer.seal(MuxHeader.HELLO, 0, 0, NONE)),
                attack("counter repeat", peer -> {
                    byte[] once = call(peer);
                    return both(once, once);
                }),
                attack("counter gap", peer -> {
                    byte[] leftOut = call(peer);
                    return leftOut.length == 0 ? leftOut : call(peer);
                }),
                attack("opcode", peer -> flipped(call(peer), 4)),
                attack("flag", peer -> flipped(call(peer), 5)),
                attack("status", peer -> flipped(call(peer), 7)),
                attack("id", peer -> flipped(call(peer), 15)),
                attack("time", peer -> flipped(call(peer), 18)),
                attack("body", peer -> flipped(call(peer), 26)),
                attack("counter", peer -> flipped(call(peer), 34)),
                attack("MAC", peer -> flipped(call(peer), 50)),
                attack("last byte of the MAC", peer -> flipped(call(peer), 27 + 24 - 1)),
                attack("no MAC", peer -> RawPeer.bytesOf(MuxHeader.CALL, 0, 1, ByteBuffer.wrap(request()))),
                attack("no MAC on a ping", peer -> RawPeer.bytesOf(MuxHeader.PING, 0, 1, NONE)),
                attack("no MAC on a good-bye", peer -> RawPeer.bytesOf(MuxHeader.GOAWAY, MuxHeader.ONEWAY, 0, NONE)),
                attack("no MAC but its flag", peer -> RawPeer.bytesOf(MuxHeader.PING, MuxHeader.MAC, 1, NONE)),
                attack("challenge", peer -> RawPeer.bytesOf(MuxHeader.CHALLENGE, 0, 0, challenge)),
                attack("sealed challenge", peer -> peer.seal(MuxHeader.CHALLENGE, 0, 0, challenge)),
                attack("reflection", peer -> peer.reflecting().seal(MuxHeader.PING, 0, 1, NONE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void attackEndsTheConnection(String name, Attack attack) throws Exception {
        Node one = start("one");
        Node two = start("two");
        try (SealedPeer peer = joinSealed(two)) {
            peer.raw().send(attack.bytes(peer));
            assertLeft(peer, two, one);
        }
    }

    @Test
    void firstFrameUnderTheKeyOfTheOtherDirectionEndsTheConnection() throws Exception {
        Node one = start("one");
        Node two = start("two");
        try (SealedPeer peer = dial(two)) {
            peer.reflecting().frame(MuxHeader.HELLO, 0, 0, hello(two).encode());
            assertLeft(peer, two, one);
        }
        assertThat(two.listener().firstEvents()).isEqualTo(List.of("connected one#1", "call"));
    }

    @Test
    void greetingWithoutAMacEndsTheConnection() throws Exception {
        Node one = start("one");
        Node two = start("two");
        try (SealedPeer peer = dial(two)) {
            peer.raw().frame(MuxHeader.HELLO, 0, 0, hello(two).encode());
            assertLeft(peer, two, one);
        }
    }

    @Test
    void whoKnowsTheKeysIdAloneIsNotServed() throws Exception {
        Node one = start("one");
        Node two = start("two");
        SealedPeer.Signed signed = SealedPeer.upgrade(KEYS, "two");
        try (RawPeer raw = RawPeer.dial(two.address())) {
            byte[] challenge = SealedPeer.challenge(raw, signed.text());
            assertNotServed(raw, new SealedPeer.Signed("", signed.proof()), guessed(), challenge);
            assertThat(text(one.call(two, "still there?").awaitReply())).isEqualTo("still there?");
        }
    }

    private static LiveKeys guessed() {
        LiveKeys keys = TestKeys.holding("guessed");
        keys.authenticator().keys().install(TestKeys.key("k1", "guessed"));
        keys.authenticator().keys().use("k1");
        return keys;
    }

    private static void assertNotServed(RawPeer raw, SealedPeer.Signed signed, LiveKeys keys, byte[] challenge)
            throws Exception {
        SealedPeer peer = new SealedPeer(
                raw,
                SealedPeer.mac(keys, signed.proof(), challenge, "dialled"),
                SealedPeer.mac(keys, signed.proof(), challenge, "accepted"));
        peer.frame(MuxHeader.PING, 0, 0, NONE);
        assertThat(peer.isClosedByTheNode()).isTrue();
    }

    @Test
    void whoSaysOtherThanItSignedIsNotServed() throws Exception {
        Node two = start("two");
        SealedPeer.Signed signed = SealedPeer.upgrade(KEYS, "two");
        UpgradeProof other =
                new UpgradeProof(signed.proof().keyId(), signed.proof().nonce(), "three");
        try (RawPeer raw = RawPeer.dial(two.address())) {
            byte[] challenge = SealedPeer.challenge(raw, signed.text());
            assertNotServed(raw, new SealedPeer.Signed("", other), KEYS, challenge);
        }
    }

    @Test
    void challengesAndSoKeysDifferBetweenConnections() throws Exception {
        Node one = start("one");
        Node two = start("two");
        byte[] recorded;
        try (SealedPeer first = dial(two)) {
            recorded = first.seal(MuxHeader.HELLO, 0, 0, hello(two).encode());
        }
        try (SealedPeer second = dial(two)) {
            second.raw().send(recorded);
            assertLeft(second, two, one);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "garbage, garbage, garbage, garbage",
                "\0\0\0\u000c\u0006\0\0\0\0\0\0\0\0\0\0\0"
            })
    void garbageBehindTheChallengeEndsTheConnection(String garbage) throws Exception {
        Node one = start("one");
        Node two = start("two");
        try (SealedPeer peer = dial(two)) {
            peer.raw().send(garbage);
            assertLeft(peer, two, one);
        }
    }

    @Test
    void challengeThatComesBackEndsTheConnection() throws Exception {
        Node one = start("one");
        Node two = start("two");
        try (SealedPeer peer = dial(two)) {
            peer.raw().frame(MuxHeader.CHALLENGE, 0, 0, ByteBuffer.allocate(32));
            assertLeft(peer, two, one);
        }
    }

    @Test
    void nothingBehindTheChallengeEndsTheConnectionInTime() throws Exception {
        use(TestSettings.defaults().sharing(KEYS).impatient());
        Node two = start("two");
        try (SealedPeer peer = dial(two)) {
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
    }

    @Test
    void wrongKeyOtherTargetRepetitionAndNoSignatureAreRefusedBeforeAnySwitch() throws Exception {
        Node two = start("two");
        String known = SealedPeer.upgrade(KEYS, "two").text();
        try (RawPeer peer = RawPeer.dial(two.address())) {
            SealedPeer.challenge(peer, known);
        }
        String[] refused = {
            SealedPeer.upgrade(guessed(), "two").text(),
            SealedPeer.upgrade(TestKeys.holding("k2"), "two").text(),
            SealedPeer.upgrade(KEYS, "three").text(),
            known,
            RawPeer.UPGRADE
        };
        for (String upgrade : refused) {
            try (RawPeer peer = RawPeer.dial(two.address())) {
                peer.send(upgrade);
                assertThat(peer.readHead()).as(upgrade).startsWith("HTTP/1.1 401 ");
                assertThat(peer.isClosedByTheNode()).isTrue();
            }
        }
        assertThat(two.transport().counts().refusals()).isGreaterThanOrEqualTo(refused.length);
    }

    @Test
    void nodeThatSignsNothingIsRefused() throws Exception {
        Node two = start("two");
        use(TestSettings.defaults());
        Node plain = start("plain");

        assertThat(plain.call(two, "let me in").awaitFailure()).isInstanceOf(Refused.class);
        assertThat(two.listener().firstEvents()).isEmpty();
    }
}
