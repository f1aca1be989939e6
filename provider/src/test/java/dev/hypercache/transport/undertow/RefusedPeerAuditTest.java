package dev.hypercache.transport.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypercache.attack.AuditLines;
import dev.hypercache.spi.transport.RingFence;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.undertow.wire.Hello;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows 51 to 53 and 57 of the attack list: what peers do on frames is counted and written down. */
final class RefusedPeerAuditTest extends RawNodes {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);
    private static final LiveKeys KEYS = TestKeys.holding("k1");

    private final Map<String, PortSecurity> securities = new ConcurrentHashMap<>();
    private final AuditLines audit = AuditLines.of("two");

    @BeforeEach
    void authenticate() {
        use(TestSettings.defaults()
                .secured(node -> securities.computeIfAbsent(node, name -> TestKeys.security(name, KEYS))));
    }

    @AfterEach
    void release() {
        audit.close();
    }

    private SealedPeer dial(Node node) throws Exception {
        return SealedPeer.dial(node.address(), KEYS, node.id().name());
    }

    private void assertWrittenDown(String reason, String detail) {
        await().until(() -> !audit.all().isEmpty());
        JsonNode line = audit.all().get(0);
        assertThat(audit.all()).hasSize(1);
        assertThat(line.path("reason").asText()).as("%s", line).isEqualTo(reason);
        assertThat(line.path("detail").asText()).as("%s", line).contains(detail);
        assertThat(line.path("caller").asText()).isEqualTo("k1");
        assertThat(securities.get("two").counters().rejectedCount()).isEqualTo(1);
    }

    @Test
    void row51_repeatedFrameIsWrittenDown() throws Exception {
        Node two = start("two");
        try (SealedPeer peer = dial(two)) {
            peer.frame(MuxHeader.HELLO, 0, 0, hello(two).encode());
            peer.read();
            byte[] ping = peer.seal(MuxHeader.PING, 0, 1, NONE);
            peer.raw().send(ping);
            peer.raw().send(ping);
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
        assertWrittenDown("SIGNATURE", "counter");
    }

    @Test
    void row52_reflectedFrameIsWrittenDown() throws Exception {
        Node two = start("two");
        try (SealedPeer peer = dial(two)) {
            peer.reflecting().frame(MuxHeader.HELLO, 0, 0, hello(two).encode());
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
        assertWrittenDown("SIGNATURE", "wrong MAC");
        assertThat(two.listener().firstEvents()).isEmpty();
    }

    private void assertGreetingIsWrittenDown(Hello greeting, String reason, String detail) throws Exception {
        Node two = start(options("two").within(RingFence.of("ours", null)));
        try (SealedPeer peer = dial(two)) {
            peer.frame(MuxHeader.HELLO, 0, 0, greeting.encode());
            assertThat(peer.read().flags()).isEqualTo(MuxHeader.RESPONSE | MuxHeader.ERROR);
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
        assertWrittenDown(reason, detail);
        assertThat(two.listener().firstEvents()).isEmpty();
    }

    @Test
    void row53_greetingOfAnotherClusterIsWrittenDown() throws Exception {
        assertGreetingIsWrittenDown(hello(1, 1, "theirs", null, id("two", 1)), "OTHER_CLUSTER", "theirs");
    }

    @Test
    void row53_greetingOfAnotherVersionIsWrittenDown() throws Exception {
        assertGreetingIsWrittenDown(hello(2, 9, "ours", null, id("two", 1)), "GREETING", "versions 2 to 9");
    }

    @Test
    void row53_greetingToAnotherLifeOfTheNodeIsWrittenDown() throws Exception {
        assertGreetingIsWrittenDown(hello(1, 1, "ours", null, id("two", 7)), "GREETING", "two#7 was meant");
    }

    @Test
    void row57_serializedObjectIsNoFrame() throws Exception {
        Node one = start("one");
        Node two = start("two");
        try (SealedPeer peer = dial(two)) {
            peer.raw().send(HexFormat.of().parseHex("aced0005737200116a6176612e7574696c2e48617368536574"));
            assertThat(peer.isClosedByTheNode()).isTrue();
        }
        assertThat(text(one.call(two, "still there?").awaitReply())).isEqualTo("still there?");
    }
}
