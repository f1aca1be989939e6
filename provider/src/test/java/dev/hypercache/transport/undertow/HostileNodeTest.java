package dev.hypercache.transport.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.spi.transport.CallFailure.ConnectionLost;
import dev.hypercache.spi.transport.CallFailure.Refused;
import dev.hypercache.spi.transport.CallFailure.TimedOut;
import dev.hypercache.spi.transport.Outcome;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node makes of peers that answer strangely, late or never. */
final class HostileNodeTest extends RawNodes {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private FakeNode fake;

    @BeforeEach
    void listen() throws Exception {
        fake = new FakeNode(id("fake", 1));
    }

    @AfterEach
    void listenNoMore() throws Exception {
        fake.close();
    }

    private static Outcome call(PeerLink link, String text, long timeoutNanos) {
        Outcome outcome = new Outcome();
        link.call(frame(text), 0, timeoutNanos, outcome);
        return outcome;
    }

    @Test
    void newerNodeThatDoesNotSpeakOurVersionIsRefusedWithTheReason() throws Exception {
        Node one = start("one");
        Outcome outcome = call(one.transport().link(fake.peer()), "hello", LONG_NANOS);
        try (RawPeer caller = fake.letIn(2, 3)) {
            assertThat(outcome.awaitFailure())
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).contains("versions 2 to 3"));
            assertThat(caller.isClosedByTheNode()).isTrue();
        }
    }

    @Test
    void newerNodeThatSpeaksOurVersionIsReached() throws Exception {
        Node one = start("one");
        Outcome outcome = call(one.transport().link(fake.peer()), "hello", LONG_NANOS);
        try (RawPeer caller = fake.letIn(1, 3)) {
            caller.frame(MuxHeader.CALL, MuxHeader.RESPONSE, caller.read().id(), ByteBuffer.wrap(new byte[] {4}));
            assertThat(outcome.awaitReply()).containsExactly(4);
        }
    }

    @Test
    void serverThatIsNoNodeIsRefused() throws Exception {
        Node one = start("one");
        Outcome outcome = call(one.transport().link(fake.peer()), "hello", LONG_NANOS);
        try (RawPeer caller = fake.accept()) {
            caller.readHead();
            caller.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            assertThat(outcome.awaitFailure()).isInstanceOf(Refused.class);
        }
    }

    @Test
    void whoNeverAnswersTheUpgradeIsGivenUpInTime() throws Exception {
        use(TestSettings.defaults().impatient());
        Node one = start("one");
        Outcome outcome = call(one.transport().link(fake.peer()), "hello", LONG_NANOS);
        try (RawPeer caller = fake.accept()) {
            assertThat(outcome.awaitFailure()).isInstanceOf(ConnectionLost.class);
            assertThat(caller.isClosedByTheNode()).isTrue();
        }
    }

    @Test
    void whoNeverGreetsIsGivenUpInTime() throws Exception {
        use(TestSettings.defaults().impatient());
        Node one = start("one");
        Outcome outcome = call(one.transport().link(fake.peer()), "hello", LONG_NANOS);
        try (RawPeer caller = fake.accept()) {
            caller.readHead();
            caller.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: hcmux/1\r\nConnection: Upgrade\r\n\r\n");
            assertThat(outcome.awaitFailure().maybeExecuted()).isFalse();
        }
    }

    @Test
    void callTimesOutWhileNobodyAnswersTheDial() throws Exception {
        Node one = start("one");
        Outcome outcome = call(one.transport().link(fake.peer()), "hello", SHORT_NANOS);
        assertThat(outcome.awaitFailure()).isEqualTo(new TimedOut(false));
    }

    @Test
    void lateReplyIsNotTakenForThatOfAnotherCall() throws Exception {
        Node one = start(new TransportOptions(id("one", 1), bind(), FRAME_BYTES_MAX, 1, 8L << 20));
        PeerLink link = one.transport().link(fake.peer());
        Outcome late = call(link, "late", SHORT_NANOS);
        try (RawPeer caller = fake.letIn(1, 1)) {
            assertThat(late.awaitFailure()).isInstanceOf(TimedOut.class);
            Outcome next = call(link, "next", LONG_NANOS);
            long id = idOf(caller, "next");
            for (int slots = 1; slots <= 64; slots++) {
                caller.frame(MuxHeader.CALL, MuxHeader.RESPONSE, id + slots, ByteBuffer.wrap(new byte[] {9}));
                caller.frame(MuxHeader.CALL, MuxHeader.RESPONSE, id - slots, ByteBuffer.wrap(new byte[] {9}));
            }
            caller.frame(MuxHeader.CALL, MuxHeader.RESPONSE, id, ByteBuffer.wrap(new byte[] {4}));
            caller.frame(MuxHeader.CALL, MuxHeader.RESPONSE, id, ByteBuffer.wrap(new byte[] {5}));
            assertThat(next.awaitReply()).containsExactly(4);
            assertThat(next.isAnswered()).isFalse();
        }
    }

    private static long idOf(RawPeer caller, String text) throws Exception {
        RawPeer.Received request = caller.read();
        while (request.opcode() != MuxHeader.CALL || !text(request.body()).endsWith(text)) {
            request = caller.read();
        }
        return request.id();
    }

    @Test
    void peerWithoutSignsOfLifeIsGivenUpAndDialledAnew() throws Exception {
        use(TestSettings.defaults().impatient());
        Node one = start("one");
        Outcome outcome = call(one.transport().link(fake.peer()), "hello", LONG_NANOS);
        try (RawPeer caller = fake.letIn(1, 1)) {
            assertThat(outcome.awaitFailure())
                    .isInstanceOfSatisfying(
                            ConnectionLost.class,
                            lost -> assertThat(lost.detail()).contains("signs of life"));
            fake.letIn(1, 1);
            await().untilAsserted(() ->
                    assertThat(one.transport().counts().reconnects()).isEqualTo(1));
            assertThat(caller.isClosedByTheNode()).isTrue();
        }
        assertThat(one.listener().awaitNews()).isEqualTo("connected fake#1");
        assertThat(one.listener().awaitNews()).isEqualTo("disconnected fake#1");
    }

    @Test
    void afterAGoodByeNothingNewIsSentAndWhatIsPendingIsStillAnswered() throws Exception {
        Node one = start("one");
        PeerLink link = one.transport().link(fake.peer());
        Outcome pending = call(link, "first", LONG_NANOS);
        try (RawPeer caller = fake.letIn(1, 1)) {
            long id = idOf(caller, "first");
            caller.frame(MuxHeader.GOAWAY, MuxHeader.ONEWAY, 0, NONE);
            await().until(() -> !link.post(frame("still the old one?"), 0) || dialsAnew());
            caller.frame(MuxHeader.CALL, MuxHeader.RESPONSE, id, ByteBuffer.wrap(new byte[] {4}));
            assertThat(pending.awaitReply()).containsExactly(4);
        }
    }

    private boolean dialsAnew() throws Exception {
        try (RawPeer second = fake.accept()) {
            return second.readHead().startsWith("GET /internal/mux ");
        }
    }

    @Test
    void messageOfTheSideThatWasDialledEndsTheConnectionOfAMember() throws Exception {
        Node one = start("one");
        Outcome outcome = call(one.transport().link(fake.peer()), "hello", LONG_NANOS);
        try (RawPeer caller = fake.letIn(1, 1)) {
            caller.frame(MuxHeader.POST, MuxHeader.ONEWAY, 0, ByteBuffer.wrap(new byte[3]));
            assertThat(outcome.awaitFailure()).isInstanceOf(ConnectionLost.class);
            assertThat(caller.isClosedByTheNode()).isTrue();
        }
        assertThat(one.listener().firstEvents()).doesNotContain("post");
        await().untilAsserted(
                        () -> assertThat(one.transport().counts().refusals()).isEqualTo(1));
    }

    @Test
    void messageOfTheSideThatWasDialledIsTakenByAClient() throws Exception {
        Node one = startClient("one");
        Outcome outcome = call(one.transport().link(fake.peer()), "hello", LONG_NANOS);
        try (RawPeer caller = fake.letIn(1, 1)) {
            ByteBuffer begin = ByteBuffer.allocate(6).putInt(5).put(new byte[] {1, 2});
            caller.frame(MuxHeader.POST, MuxHeader.ONEWAY, 0, ByteBuffer.wrap(new byte[] {9}));
            caller.frame(MuxHeader.POST, MuxHeader.ONEWAY | MuxHeader.MORE, 0, begin.flip());
            caller.frame(MuxHeader.POST, MuxHeader.ONEWAY, 0, ByteBuffer.wrap(new byte[] {3, 4, 5}));
            assertThat(one.listener().awaitPost()).containsExactly(9);
            assertThat(one.listener().awaitPost()).containsExactly(1, 2, 3, 4, 5);
        }
        assertThat(outcome.awaitFailure()).isInstanceOf(ConnectionLost.class);
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "2, 4", "3, 1", "3, 2", "4, 0", "1, 0", "9, 4"})
    void everythingElseOfTheSideThatWasDialledEndsTheConnectionOfAClient(int opcode, int flags) throws Exception {
        Node one = startClient("one");
        Outcome outcome = call(one.transport().link(fake.peer()), "hello", LONG_NANOS);
        try (RawPeer caller = fake.letIn(1, 1)) {
            caller.frame(opcode, flags, 99, ByteBuffer.allocate(8));
            assertThat(caller.isClosedByTheNode()).isTrue();
        }
        assertThat(outcome.awaitFailure()).isInstanceOf(ConnectionLost.class);
        assertThat(one.listener().firstEvents()).doesNotContain("post", "call");
    }

    @Test
    void garbageOfThePeerFailsWhatIsPending() throws Exception {
        Node one = start("one");
        Outcome outcome = call(one.transport().link(fake.peer()), "hello", LONG_NANOS);
        try (RawPeer caller = fake.letIn(1, 1)) {
            caller.read();
            caller.send("garbage, garbage, garbage, garbage");
            assertThat(outcome.awaitFailure().maybeExecuted()).isTrue();
            assertThat(caller.isClosedByTheNode()).isTrue();
        }
    }
}
