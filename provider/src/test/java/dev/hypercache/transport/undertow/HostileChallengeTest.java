package dev.hypercache.transport.undertow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.spi.transport.CallFailure.ConnectionLost;
import dev.hypercache.spi.transport.Outcome;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.undertow.wire.Challenge;
import dev.hypercache.transport.undertow.wire.FrameMac;
import dev.hypercache.transport.undertow.wire.Hello;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A node that has signed its request tells nothing, and believes nothing, before who was dialled shows that it holds the key. */
final class HostileChallengeTest extends RawNodes {

    private static final String SWITCHED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: hcmux/1\r\nConnection: Upgrade\r\n\r\n";
    private static final LiveKeys KEYS = TestKeys.holding("k1");
    private static final byte[] CHALLENGE = new byte[Challenge.BYTES];

    private FakeNode fake;
    private Node one;
    private Outcome outcome;

    @BeforeEach
    void dial() throws Exception {
        use(TestSettings.defaults().sharing(KEYS).impatient());
        fake = new FakeNode(id("fake", 1));
        one = start("one");
        outcome = new Outcome();
        one.transport().link(fake.peer()).call(frame("secret"), 0, LONG_NANOS, outcome);
    }

    @AfterEach
    void listenNoMore() throws Exception {
        fake.close();
    }

    /** The caller, with the nonce of its request. */
    private record Caller(RawPeer raw, String nonce) {

        FrameMac mac(String direction) {
            return SealedPeer.mac(KEYS, new UpgradeProof("k1", nonce, "fake"), CHALLENGE, direction);
        }

        SealedPeer sealed() {
            return new SealedPeer(raw, mac(Challenge.ACCEPTED), mac(Challenge.DIALLED));
        }
    }

    private Caller switched() throws IOException {
        RawPeer raw = fake.accept();
        String head = raw.readHead();
        assertThat(head).contains("keyid=\"k1\"", "HC-To: fake\r\n", "Signature: hc=:");
        int nonce = head.indexOf("nonce=\"") + "nonce=\"".length();
        raw.send(SWITCHED);
        return new Caller(raw, head.substring(nonce, head.indexOf('"', nonce)));
    }

    private void assertGivenUp(RawPeer raw) throws Exception {
        assertThat(outcome.awaitFailure())
                .isInstanceOfSatisfying(
                        ConnectionLost.class,
                        lost -> assertThat(lost.maybeExecuted()).isFalse());
        assertThat(raw.isClosedByTheNode()).isTrue();
    }

    private void assertTellsNothing(RawPeer raw) throws Exception {
        int first;
        try {
            first = raw.read().opcode();
        } catch (EOFException | SocketException closed) {
            first = -1;
        }
        assertThat(first).isEqualTo(-1);
        assertGivenUp(raw);
    }

    @Test
    void nodeThatHoldsTheKeyIsReached() throws Exception {
        SealedPeer peer = challenged().sealed();
        assertThat(Hello.decode(ByteBuffer.wrap(peer.read().body())).node()).isEqualTo(one.id());
        peer.frame(MuxHeader.HELLO, MuxHeader.RESPONSE, 0, answer());
        RawPeer.Received call = peer.read();
        peer.frame(MuxHeader.CALL, MuxHeader.RESPONSE, call.id(), ByteBuffer.wrap(new byte[] {4}));
        assertThat(outcome.awaitReply()).containsExactly(4);
    }

    private Caller challenged() throws IOException {
        Caller caller = switched();
        caller.raw().frame(MuxHeader.CHALLENGE, 0, 0, ByteBuffer.wrap(CHALLENGE));
        return caller;
    }

    private ByteBuffer answer() {
        return new Hello(1, 1, 0, 1 << 20, 0, 0, "hypercache", null, fake.peer().id(), null).encode();
    }

    static Stream<byte[]> noChallenges() {
        byte[] whole = RawPeer.bytesOf(MuxHeader.CHALLENGE, 0, 0, ByteBuffer.wrap(CHALLENGE));
        byte[] cut = new byte[whole.length - 1];
        System.arraycopy(whole, 0, cut, 0, cut.length);
        return Stream.of(
                new byte[0],
                cut,
                RawPeer.bytesOf(MuxHeader.CHALLENGE, 0, 0, ByteBuffer.allocate(Challenge.BYTES - 1)),
                RawPeer.bytesOf(MuxHeader.CHALLENGE, 0, 0, ByteBuffer.allocate(0)),
                RawPeer.bytesOf(MuxHeader.CHALLENGE, MuxHeader.MAC, 0, ByteBuffer.allocate(56)),
                RawPeer.bytesOf(MuxHeader.CHALLENGE, MuxHeader.MORE, 0, ByteBuffer.wrap(CHALLENGE)),
                RawPeer.bytesOf(MuxHeader.HELLO, MuxHeader.RESPONSE, 0, ByteBuffer.allocate(0)),
                RawPeer.bytesOf(MuxHeader.GOAWAY, MuxHeader.ONEWAY, 0, ByteBuffer.allocate(0)),
                RawPeer.bytesOf(MuxHeader.PING, 0, 0, ByteBuffer.allocate(0)),
                "garbage, garbage, garbage, garbage".getBytes(US_ASCII));
    }

    @ParameterizedTest
    @MethodSource("noChallenges")
    void whoDoesNotChallengeIsToldNothingAndGivenUpInTime(byte[] instead) throws Exception {
        Caller caller = switched();
        caller.raw().send(instead);
        assertTellsNothing(caller.raw());
    }

    @Test
    void nodeThatLeavesBeforeTheChallengeTellsNothing() throws Exception {
        Caller caller = switched();
        await().until(() -> one.transport().counts().connections() == 1);
        one.transport().close();
        assertTellsNothing(caller.raw());
    }

    @Test
    void answerWithoutAMacIsNotBelieved() throws Exception {
        Caller caller = challenged();
        caller.raw().frame(MuxHeader.HELLO, MuxHeader.RESPONSE, 0, answer());
        assertGivenUp(caller.raw());
        await().untilAsserted(
                        () -> assertThat(one.transport().counts().refusals()).isEqualTo(1));
    }

    @Test
    void answerUnderAnotherKeyIsNotBelieved() throws Exception {
        Caller caller = challenged();
        SealedPeer peer =
                new SealedPeer(caller.raw(), FrameMac.of(new byte[Challenge.BYTES]), caller.mac(Challenge.DIALLED));
        peer.frame(MuxHeader.HELLO, MuxHeader.RESPONSE, 0, answer());
        assertGivenUp(caller.raw());
    }

    @Test
    void answerUnderTheDiallersOwnKeyIsNotBelieved() throws Exception {
        Caller caller = challenged();
        caller.sealed().reflecting().frame(MuxHeader.HELLO, MuxHeader.RESPONSE, 0, answer());
        assertGivenUp(caller.raw());
    }

    @Test
    void secondChallengeIsNoFrameOfThisConnection() throws Exception {
        Caller caller = challenged();
        caller.raw().frame(MuxHeader.CHALLENGE, 0, 0, ByteBuffer.wrap(CHALLENGE));
        assertGivenUp(caller.raw());
    }

    @Test
    void replyThatWasChangedEndsTheConnection() throws Exception {
        Caller caller = challenged();
        SealedPeer peer = caller.sealed();
        peer.read();
        peer.frame(MuxHeader.HELLO, MuxHeader.RESPONSE, 0, answer());
        RawPeer.Received call = peer.read();
        byte[] reply = peer.seal(MuxHeader.CALL, MuxHeader.RESPONSE, call.id(), ByteBuffer.wrap(new byte[] {4}));
        reply[MuxHeader.BYTES] = 5;
        caller.raw().send(reply);
        assertThat(outcome.awaitFailure())
                .isInstanceOfSatisfying(
                        ConnectionLost.class, lost -> assertThat(lost.detail()).contains("wrong MAC"));
        assertThat(caller.raw().isClosedByTheNode()).isTrue();
    }
}
