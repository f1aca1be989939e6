package dev.hypercache.transport.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.hypercache.attack.AuditLines;
import dev.hypercache.transport.auth.AuditLog;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One name and one life at two hosts at once is written down (SECURITY R5). */
final class TwoHostsTest extends RawNodes {

    private final Logger logger = (Logger) LoggerFactory.getLogger(AuditLog.LOGGER);

    @BeforeEach
    void writeEverything() {
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void writeAsBefore() {
        logger.setLevel(null);
    }

    private static RawPeer joinFrom(String host, Node node) throws Exception {
        InetAddress from = InetAddress.getByName(host);
        RawPeer peer =
                new RawPeer(new Socket(node.address().host(), node.address().port(), from, 0));
        peer.upgrade();
        peer.frame(MuxHeader.HELLO, 0, 0, hello(node).encode());
        assertThat(peer.read().flags()).isEqualTo(MuxHeader.RESPONSE);
        return peer;
    }

    @Test
    void nodeThatComesFromAnotherHostWhileItIsStillThereIsWrittenDown() throws Exception {
        Node two = start("two");
        try (AuditLines lines = AuditLines.of("two");
                RawPeer first = joinFrom("127.0.0.1", two);
                RawPeer second = joinFrom("127.0.0.2", two)) {
            assertThat(first.read().opcode()).isEqualTo(MuxHeader.GOAWAY);
            assertThat(second).isNotNull();
            assertThat(lines.all())
                    .anyMatch(line -> line.path("event").asText().equals("NODE_AT_TWO_HOSTS")
                            && line.path("peer").asText().endsWith("127.0.0.2")
                            && line.path("before").asText().endsWith("127.0.0.1"));
        }
    }

    @Test
    void nodeThatDialsAnewFromItsHostIsNot() throws Exception {
        Node two = start("two");
        try (AuditLines lines = AuditLines.of("two");
                RawPeer first = joinFrom("127.0.0.1", two);
                RawPeer second = joinFrom("127.0.0.1", two)) {
            assertThat(first.read().opcode()).isEqualTo(MuxHeader.GOAWAY);
            assertThat(second).isNotNull();
            assertThat(lines.all()).isEmpty();
        }
    }
}
