package dev.hypercache.transport.undertow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.spi.Peer;
import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.spi.transport.CallFailure.ConnectionLost;
import dev.hypercache.spi.transport.CallFailure.Refused;
import dev.hypercache.spi.transport.Outcome;
import dev.hypercache.transport.auth.AuthCounters;
import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in on TLS: a certificate of the right authority is not enough (SECURITY §1.5, attack list 1 to 11). */
final class TlsPeersTest extends RawNodes {

    private static final String PREFIX = "spiffe://" + TestAuthority.DOMAIN + "/" + TestAuthority.CLUSTER + "/";

    @TempDir
    private Path directory;

    private TestAuthority authority;
    private final Map<String, PortSecurity> securities = new ConcurrentHashMap<>();

    @BeforeEach
    void issue() {
        authority = TestAuthority.in(directory);
        use(TestSettings.defaults().ioThreads(1).renewing(400).secured(this::secure));
    }

    private PortSecurity secure(String node) {
        return securities.computeIfAbsent(node, authority::security);
    }

    private AuthCounters counters(Node node) {
        return securities.get(node.id().name()).counters();
    }

    private static RawPeer dial(Node node, SSLContext as) throws IOException {
        SSLSocket socket = (SSLSocket) as.getSocketFactory()
                .createSocket(node.address().host(), node.address().port());
        socket.startHandshake();
        return new RawPeer(socket);
    }

    private static void assertServes(Node by, Node node) throws Exception {
        assertThat(text(by.call(node, "still there?").awaitReply())).isEqualTo("still there?");
    }

    @Test
    void memberIsServed() throws Exception {
        Node two = start("two");
        try (RawPeer peer = dial(two, authority.stranger(PREFIX + "member/raw"))) {
            peer.upgrade();
            peer.frame(MuxHeader.HELLO, 0, 0, hello(two).encode());
            assertThat(peer.read().flags()).isEqualTo(MuxHeader.RESPONSE);
        }
        assertThat(counters(two).rejectedCount()).isZero();
    }

    @Test
    void whoHasNoCertificateOrOneOfAnotherAuthorityEndsInTheHandshake() throws Exception {
        Node one = start("one");
        Node two = start("two");
        SSLContext[] strangers = {
            authority.anonymous(), TestAuthority.in(directory).stranger(PREFIX + "member/raw"),
        };
        for (SSLContext stranger : strangers) {
            assertThatThrownBy(() -> {
                        try (RawPeer peer = dial(two, stranger)) {
                            peer.upgrade();
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertServes(one, two);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600, 3_600})
    void certificateThatIsOverOrNotYetValidEndsInTheHandshake(long offsetSeconds) throws Exception {
        Node two = start("two");
        Instant middle = Instant.now().plusSeconds(offsetSeconds);
        SSLContext stranger = authority.valid(
                middle.minus(Duration.ofMinutes(30)), middle.plus(Duration.ofMinutes(30)), PREFIX + "member/raw");
        assertThatThrownBy(() -> {
                    try (RawPeer peer = dial(two, stranger)) {
                        peer.upgrade();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://test.example/other/member/raw",
                "spiffe://other.example/hypercache/member/raw",
                "spiffe://test.example/hypercache/king/raw",
                "https://test.example/hypercache/member/raw"
            })
    void identityOfAnotherClusterOrNoneIsRefusedByAnAnswer(String uri) throws Exception {
        Node two = start("two");
        try (RawPeer peer = dial(two, authority.stranger(uri))) {
            peer.send(RawPeer.UPGRADE);
            assertThat(peer.readHead()).startsWith("HTTP/1.1 403 ");
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
        assertThat(counters(two).rejectedCount()).isEqualTo(1);
        assertThat(two.listener().firstEvents()).isEmpty();
    }

    @Test
    void severalIdentitiesAndNoNamesAreRefused() throws Exception {
        Node two = start("two");
        SSLContext[] strangers = {authority.stranger(), authority.stranger(PREFIX + "member/raw", PREFIX + "member/two")
        };
        for (SSLContext stranger : strangers) {
            try (RawPeer peer = dial(two, stranger)) {
                peer.send(RawPeer.UPGRADE);
                assertThat(peer.readHead()).startsWith("HTTP/1.1 403 ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "metrics"})
    void roleThatIsNotForFramesIsDenied(String role) throws Exception {
        Node two = start("two");
        try (RawPeer peer = dial(two, authority.stranger(PREFIX + role + "/raw"))) {
            peer.send(RawPeer.UPGRADE);
            assertThat(peer.readHead()).startsWith("HTTP/1.1 403 ");
        }
        assertThat(counters(two).deniedCount()).isEqualTo(1);
    }

    @Test
    void nobodyGreetsInTheNameOfAnotherNode() throws Exception {
        Node one = start("one");
        Node two = start("two");
        try (RawPeer peer = dial(two, authority.stranger(PREFIX + "member/other"))) {
            peer.upgrade();
            peer.frame(MuxHeader.HELLO, 0, 0, hello(two).encode());
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
        await().until(() -> counters(two).rejectedCount() == 1);
        assertServes(one, two);
    }

    @Test
    void clientThatSendsWhatIsForMembersIsCutOff() throws Exception {
        Node one = start("one");
        Node two = start("two");
        try (RawPeer peer = dial(two, authority.stranger(PREFIX + "client/raw"))) {
            peer.upgrade();
            peer.frame(MuxHeader.HELLO, 0, 0, hello(two).encode());
            assertThat(peer.read().flags()).isEqualTo(MuxHeader.RESPONSE);
            peer.frame(MuxHeader.POST, MuxHeader.ONEWAY, 0, ByteBuffer.wrap(new byte[] {1, 1, 0, 0}));
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
        await().until(() -> counters(two).deniedCount() == 1);
        assertServes(one, two);
    }

    @Test
    void nodeThatAnswersInThePlaceOfAnotherIsNotBelieved() throws Exception {
        Node one = start("one");
        Node two = start("two");
        Outcome outcome = new Outcome();
        Peer meant = new Peer(id("three", 1), two.address());

        one.transport().link(meant).call(frame("secret"), 0, LONG_NANOS, outcome);

        assertThat(outcome.awaitFailure()).isInstanceOf(Refused.class);
        assertThat(counters(one).rejectedCount()).isEqualTo(1);
        assertThat(two.listener().firstEvents()).isEmpty();
    }

    @Test
    void plainHttpGetsNoAnswer() throws Exception {
        Node one = start("one");
        Node two = start("two");
        try (Socket plain = new Socket(two.address().host(), two.address().port())) {
            plain.setSoTimeout(20_000);
            plain.getOutputStream().write(RawPeer.UPGRADE.getBytes(US_ASCII));
            byte[] answer = plain.getInputStream().readAllBytes();
            assertThat(new String(answer, US_ASCII)).doesNotContain("HTTP");
        }
        assertServes(one, two);
    }

    @Test
    void newCertificatesAreUsedWithoutAFailedCall() throws Exception {
        Node one = start("one");
        Node two = start("two");
        assertServes(one, two);
        TestAuthority next = TestAuthority.in(directory);

        replace(one, authority.trusting("one", next));
        replace(two, authority.trusting("two", next));
        callUntilReconnects(one, two, 1);
        replace(one, next.trusting("one", authority));
        replace(two, next.trusting("two", authority));
        callUntilReconnects(one, two, 2);
        replace(one, next.material("one"));
        replace(two, next.material("two"));
        callUntilReconnects(one, two, 3);

        assertThatThrownBy(() ->
                        dial(two, authority.stranger(PREFIX + "member/raw")).upgrade())
                .isInstanceOf(IOException.class);
    }

    private void replace(Node node, TlsMaterial material) {
        LiveTls tls = securities.get(node.id().name()).tls();
        tls.replace(material);
    }

    private static void callUntilReconnects(Node one, Node two, int times) throws Exception {
        long from = System.nanoTime();
        while (one.transport().counts().reconnects() < times) {
            assertServes(one, two);
            assertThat(System.nanoTime() - from)
                    .isLessThan(Duration.ofSeconds(60).toNanos());
        }
    }

    @Test
    void sessionOfARemovedAuthorityIsNotResumed() throws Exception {
        Node two = start("two");
        SSLContext old = authority.stranger(PREFIX + "member/raw");
        try (RawPeer peer = dial(two, old)) {
            peer.upgrade();
        }
        TestAuthority next = TestAuthority.in(directory);
        replace(two, next.trusting("two"));

        assertThatThrownBy(() -> {
                    try (RawPeer peer = dial(two, old)) {
                        peer.upgrade();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void connectionEndsWhenItsCertificateIsOver() throws Exception {
        Node two = start("two");
        Instant now = Instant.now();
        SSLContext soon = authority.valid(now.minusSeconds(60), now.plusSeconds(2), PREFIX + "member/raw");
        try (RawPeer peer = dial(two, soon)) {
            peer.upgrade();
            peer.frame(MuxHeader.HELLO, 0, 0, hello(two).encode());
            assertThat(peer.read().flags()).isEqualTo(MuxHeader.RESPONSE);
            assertThat(peer.read().opcode()).isEqualTo(MuxHeader.GOAWAY);
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
        assertThat(counters(two).rejectedCount()).isEqualTo(1);
    }

    @Test
    void nodeOfAnotherAuthorityIsLost() throws Exception {
        Node one = start("one");
        securities.put("two", TestAuthority.in(directory).security("two"));
        Node two = start("two");

        assertThat(one.call(two, "secret").awaitFailure()).isInstanceOf(ConnectionLost.class);
        assertThat(two.listener().firstEvents()).isEmpty();
    }
}
