package dev.hypercache.transport.undertow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hypercache.spi.Address;
import dev.hypercache.transport.auth.AuditLog;
import dev.hypercache.transport.auth.AuthCounters;
import dev.hypercache.transport.auth.PortSecurity;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers whose TLS handshake comes to nothing: they are counted, and cannot fill the log. */
final class FailedHandshakeTest extends RawNodes {

    private static final int EACH = 12;
    private static final List<String> SERVER = List.of("io.undertow", "org.xnio");

    private final Logger root = (Logger) org.slf4j.LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Map<String, PortSecurity> securities = new ConcurrentHashMap<>();

    @TempDir
    private Path directory;

    private TestAuthority authority;

    @BeforeEach
    void issue() {
        authority = TestAuthority.in(directory);
        use(TestSettings.defaults().ioThreads(1).secured(this::secure));
        SERVER.forEach(name -> ((Logger) org.slf4j.LoggerFactory.getLogger(name)).setLevel(Level.INFO));
        lines.start();
    }

    @AfterEach
    void hush() {
        root.detachAppender(lines);
        SERVER.forEach(name -> ((Logger) org.slf4j.LoggerFactory.getLogger(name)).setLevel(null));
    }

    /** Its audit log takes everything for the work of one second. */
    private PortSecurity secure(String node) {
        return securities.computeIfAbsent(node, name -> {
            PortSecurity made = authority.security(name);
            return new PortSecurity(
                    made.tls(),
                    made.identities(),
                    null,
                    null,
                    new AuditLog(name, () -> 1_767_225_600_000L),
                    made.counters(),
                    made.clockMillis());
        });
    }

    /** A stranger that says something, or nothing, and waits until the node has closed. */
    private static void say(Address address, byte[] words) throws IOException {
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(words);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException reset) {
            // Closed with bytes that nobody read.
        }
    }

    private static void shakeHands(Address address, SSLContext as) throws IOException {
        try (SSLSocket socket = (SSLSocket) as.getSocketFactory().createSocket(address.host(), address.port())) {
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            socket.getInputStream().read();
        } catch (IOException alert) {
            assertThat(alert).as("not a time-out").isNotInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void strangersAreCountedAndCannotFillTheLog() throws Exception {
        Address address = start("two").address();
        root.addAppender(lines);
        AuthCounters counters = securities.get("two").counters();
        byte[] http = "GET / HTTP/1.1\r\nHost: two\r\n\r\n".getBytes(ISO_8859_1);
        byte[] garbage = {22, 3, 1, 0, 5, 1, 0, 0, 1, 9, 9, 9, 9};
        SSLContext anonymous = authority.anonymous();
        SSLContext ofAnother = TestAuthority.in(directory).stranger("spiffe://test.example/hypercache/member/raw");
        for (int i = 0; i < EACH; i++) {
            say(address, http);
            say(address, garbage);
            say(address, new byte[0]);
            shakeHands(address, anonymous);
            shakeHands(address, ofAnother);
        }

        await().untilAsserted(() -> assertThat(counters.handshakeFailureCount()).isEqualTo(5L * EACH));
        assertThat(counters.rejectedCount()).isZero();
        List<ILoggingEvent> said = List.copyOf(lines.list);
        assertThat(said)
                .as("at INFO and above")
                .extracting(line -> line.getLevel() + " " + line.getLoggerName())
                .hasSize(AuditLog.REJECTIONS_PER_SECOND)
                .containsOnly("WARN " + AuditLog.LOGGER);
        assertThat(said).allMatch(line -> line.getFormattedMessage().contains("\"reason\":\"HANDSHAKE\""));
        assertThat(said.get(0).getFormattedMessage()).contains("\"peer\":\"/127.0.0.1:");
    }

    @Test
    void handshakeThatIsCompleteIsNoFailure() throws Exception {
        Node one = start("one");
        Node two = start("two");
        assertThat(text(one.call(two, "hello").awaitReply())).isEqualTo("hello");
        one.transport().close();
        await().untilAsserted(
                        () -> assertThat(two.transport().counts().connections()).isZero());

        assertThat(securities.get("two").counters().handshakeFailureCount()).isZero();
    }
}
