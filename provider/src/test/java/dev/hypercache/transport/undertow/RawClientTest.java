package dev.hypercache.transport.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypercache.attack.AuditLines;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a member sends back to clients, byte for byte, and what becomes of clients that misbehave. */
final class RawClientTest extends RawNodes {

    private static final RemotePeer CLIENT = new RemotePeer(RAW, Role.CLIENT);
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private Node startServing(String name) {
        return serving(start(name));
    }

    private static Node serving(Node member) {
        member.listener().allow(message -> message.length < 10);
        return member;
    }

    /** A client that the node has let in for good: it serves. */
    private static RawPeer joinClient(Node node, int stripe) throws Exception {
        RawPeer client = join(node, client(node, stripe, 2));
        client.frame(MuxHeader.PING, 0, 1, NONE);
        assertThat(client.read().opcode()).isEqualTo(MuxHeader.PING);
        return client;
    }

    private static boolean post(Node member, String text, int lane) {
        return member.transport().post(CLIENT, frame(text), lane);
    }

    private static void assertPosted(RawPeer client, String text) throws Exception {
        RawPeer.Received post = client.read();
        assertThat(post.opcode()).isEqualTo(MuxHeader.POST);
        assertThat(post.flags()).isEqualTo(MuxHeader.ONEWAY);
        assertThat(post.id()).isZero();
        assertThat(text(post.body())).isEqualTo(text);
    }

    private static void assertServes(Node node, Node by) throws Exception {
        assertThat(text(by.call(node, "me?").awaitReply())).isEqualTo("me?");
    }

    @Test
    void messageComesAsAPostOnTheConnectionOfItsLane() throws Exception {
        Node two = startServing("two");
        try (RawPeer data = joinClient(two, 0);
                RawPeer control = joinClient(two, 1)) {
            assertThat(post(two, "data", 7)).isTrue();
            assertThat(post(two, "control", PeerLink.CONTROL_LANE)).isTrue();

            assertPosted(data, "data");
            assertPosted(control, "control");
        }
    }

    @Test
    void laneKeepsTheConnectionThatItTookFirstUntilThatEnds() throws Exception {
        Node two = startServing("two");
        RawPeer data = joinClient(two, 0);
        assertThat(post(two, "first", PeerLink.CONTROL_LANE)).isTrue();
        try (RawPeer control = joinClient(two, 1)) {
            assertThat(post(two, "second", PeerLink.CONTROL_LANE)).isTrue();
            assertPosted(data, "first");
            assertPosted(data, "second");

            data.close();
            await().until(() -> two.transport().counts().connections() == 1);
            assertThat(post(two, "third", PeerLink.CONTROL_LANE)).isTrue();
            assertPosted(control, "third");
        }
    }

    @Test
    void connectionThatReplacesAnotherCarriesWhatComesNext() throws Exception {
        Node two = startServing("two");
        try (RawPeer old = joinClient(two, 0)) {
            assertThat(post(two, "first", 0)).isTrue();
            assertPosted(old, "first");
            try (RawPeer next = joinClient(two, 0)) {
                assertThat(post(two, "second", 0)).isTrue();
                assertPosted(next, "second");
                assertThat(old.isClosedByTheNode()).isTrue();
            }
        }
    }

    @Test
    void whoDoesNotSayThatItIsAClientIsSentNothing() throws Exception {
        Node two = startServing("two");
        try (RawPeer member = join(two)) {
            assertThat(post(two, "news", 0)).isFalse();
            member.frame(MuxHeader.PING, 0, 1, NONE);
            assertThat(member.read().opcode()).isEqualTo(MuxHeader.PING);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "0, 1025", "2, 2", "65535, 1024"})
    void clientWhoseStripesMakeNoSenseIsNotLetIn(int stripe, int stripes) throws Exception {
        Node one = start("one");
        Node two = startServing("two");
        try (RawPeer peer = RawPeer.greet(two.address(), client(two, stripe, stripes))) {
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
        assertThat(two.listener().firstEvents()).isEmpty();
        assertServes(two, one);
    }

    @Test
    void clientThatSendsAVerbOfMembersIsCutOffAndAuditedOnARingWithoutProofs() throws Exception {
        Node one = start("one");
        Node two = startServing("two");
        try (AuditLines audit = AuditLines.of("two")) {
            try (RawPeer client = joinClient(two, 0)) {
                client.frame(MuxHeader.POST, MuxHeader.ONEWAY, 0, ByteBuffer.allocate(3));
                assertThat(text(two.listener().awaitPost())).hasSize(3);
                client.frame(MuxHeader.POST, MuxHeader.ONEWAY, 0, ByteBuffer.allocate(30));
                assertThat(client.isClosedByTheNode()).isTrue();
            }
            try (RawPeer client = joinClient(two, 0)) {
                client.call(1, new byte[30]);
                assertThat(client.isClosedByTheNode()).isTrue();
            }
            await().until(() -> audit.all().size() == 2);
            for (JsonNode line : audit.all()) {
                assertThat(line.path("event").asText()).isEqualTo("ROLE_DENIED");
                assertThat(line.path("detail").asText()).contains("raw#1");
            }
        }
        await().until(() -> two.transport().counts().refusals() == 2);
        assertThat(two.listener().firstEvents()).doesNotContain("call");
        assertServes(two, one);
    }

    @Test
    void clientThatTakesNothingIsCountedDroppedAndClosedAndOthersAreServed() throws Exception {
        use(TestSettings.defaults().stalling());
        Node two =
                serving(start(new TransportOptions(id("two", 1), bind(), FRAME_BYTES_MAX, 100, 4L * FRAME_BYTES_MAX)));
        Node other = startClient("other");
        assertServes(two, other);
        byte[] message = new byte[FRAME_BYTES_MAX];
        new SplittableRandom(1).nextBytes(message);
        try (RawPeer client = joinClient(two, 0)) {
            await().until(() -> {
                client.frame(MuxHeader.PING, 0, 1, NONE);
                for (int post = 0; post < 100; post++) {
                    boolean unused = two.transport().post(CLIENT, Frame.of(Payload.of(message)), 0);
                }
                assertServes(two, other);
                return two.transport().counts().stalls() == 1;
            });
        } catch (SocketException closedByTheNode) {
            assertThat(two.transport().counts().stalls()).isEqualTo(1);
        }
        assertThat(two.transport().counts().overloads()).isPositive();
        await().until(() -> !post(two, "gone", 0));
        assertThat(two.listener().awaitNews()).isEqualTo("connected other#1");
        assertThat(two.listener().awaitNews()).isEqualTo("connected raw#1");
        assertThat(two.listener().awaitNews()).isEqualTo("disconnected raw#1");
        assertServes(two, other);
    }
}
