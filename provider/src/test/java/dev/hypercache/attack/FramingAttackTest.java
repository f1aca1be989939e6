package dev.hypercache.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 34 to 42 and 46 of the attack list: requests that two readers could read in two ways, or that are too much. */
@Timeout(120)
final class FramingAttackTest {

    private static final String BODY = SignedCall.BODY;

    @TempDir
    private static Path directory;

    private static AttackedNode node;

    @BeforeAll
    static void start() throws Exception {
        node = AttackedNode.withTls(directory);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String set(String headers, String body) {
        return "POST /internal/set HTTP/1.1\r\nHost: node:1\r\nContent-Type: application/json\r\n"
                + node.authorization() + headers + "\r\n\r\n" + body;
    }

    private static String get(String... lines) {
        return "GET /internal/get?cache=books&key=k HTTP/1.1\r\n" + node.authorization() + String.join("\r\n", lines)
                + "\r\n\r\n";
    }

    private static void assertRefused(String request, Integer... statuses) throws Exception {
        Answer answer = Attacks.on(node).isRefused(request);
        assertThat(answer.status()).as(answer.text()).isIn((Object[]) statuses);
        assertThat(answer.text()).as("one answer, then the end").containsOnlyOnce("HTTP/1.");
        assertServes();
    }

    private static void assertServes() throws Exception {
        try (RawCaller caller = node.caller()) {
            assertThat(caller.send(get("Host: node:1")).readHead()).startsWith("HTTP/1.1 404 ");
        }
    }

    @ParameterizedTest(name = "row 34: {0}")
    @ValueSource(
            strings = {
                "Content-Length: 50\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding:\tchunked",
                "Content-Length: 50\r\nContent-Length: 50",
                "Content-Length: 50\r\nContent-Length: 5",
                "Content-Length: +50",
                "Content-Length: -1",
                "Content-Length: 50, 50",
                "Content-Length: 5 0",
                "Content-Length: 0x32",
                "Content-Length: 99999999999999999999"
            })
    void row34_lengthsThatDisagreeAreRefused(String headers) throws Exception {
        assertRefused(set(headers, BODY), 400, 411, 413);
    }

    @ParameterizedTest(name = "row 35: {0}")
    @ValueSource(strings = {"ffffffffffffffff1\r\n", "32;a=b\r\n", "-1\r\n", "7fffffff\r\n", "\r\n"})
    void row35_chunksAreRefused(String chunk) throws Exception {
        assertRefused(set("Transfer-Encoding: chunked", chunk + BODY + "\r\n0\r\n\r\n"), 400, 411);
    }

    @Test
    void row36_trailersAreRefused() throws Exception {
        String trailer = "0\r\nHC-To: other\r\nSignature: hc=:AA==:\r\n\r\n";
        assertRefused(set("Transfer-Encoding: chunked\r\nTrailer: HC-To, Signature", trailer), 400, 411);
        assertRefused(set("Transfer-Encoding: chunked", trailer), 411);
        assertRefused(set("Content-Length: 50\r\nTrailer: Signature", BODY), 400);
    }

    @ParameterizedTest(name = "row 37: {0}")
    @ValueSource(
            strings = {
                "X: a\nb",
                "X: a\nY: b",
                "X: a\n\nGET /internal/get",
                "X: a\rb",
                "X: a\0b",
                "X : a",
                " X: a",
                "X: a\u0001b",
                "X a",
                ": a",
                "Content-Length : 0",
                "X: a\u007fb"
            })
    void row37_bytesThatNoHeaderHasAreRefused(String header) throws Exception {
        assertRefused(get("Host: node:1", header), 400);
    }

    @ParameterizedTest(name = "row 38: {0}")
    @ValueSource(strings = {"X: a\r\n b", "X: a\r\n\tb", "Authorization: Bearer\r\n other", "X:\r\n a"})
    void row38_foldedLinesAreRefused(String header) throws Exception {
        assertRefused(get("Host: node:1", header), 400);
    }

    @ParameterizedTest(name = "row 39: {0}")
    @ValueSource(
            strings = {
                "X: no host",
                "Host: node:1\r\nHost: node:2",
                "Host: a@evil",
                "Host: a b",
                "Host: a/b",
                "Host: a:b"
            })
    void row39_hostsThatAreNoneAreRefused(String hosts) throws Exception {
        assertRefused(get(hosts), 400);
    }

    @ParameterizedTest(name = "row 39: {0}")
    @ValueSource(
            strings = {"http://evil/internal/get?cache=books&key=k", "https://node:1/internal/get?cache=books&key=k"})
    void row39_targetWithAHostIsRefused(String target) throws Exception {
        assertRefused("GET " + target + " HTTP/1.1\r\nHost: node:1\r\n" + node.authorization() + "\r\n", 400, 404);
    }

    @Test
    void row40_headThatIsTooMuchIsRefused() throws Exception {
        String[] many = new String[60];
        many[0] = "Host: node:1";
        for (int i = 1; i < many.length; i++) {
            many[i] = "X-" + i + ": a";
        }
        assertRefused(get(many), 400, 431);
        assertRefused(get("Host: node:1", "X: " + "a".repeat(20_000)), 400, 431);
    }

    @Test
    void row41_bodyThatIsTooLongIsRefusedBeforeItIsRead() throws Exception {
        assertRefused(set("Content-Length: 1048577", ""), 413);
        assertRefused(set("Content-Length: 9223372036854775807", ""), 400, 413);
        assertRefused(set("Transfer-Encoding: chunked", "100001\r\n" + "a".repeat(0x10001)), 411);
        assertRefused(get("Host: node:1", "Content-Length: 1"), 413);
    }

    @Test
    void row42_bodyThatNeverComesEndsTheConnection() throws Exception {
        long from = System.nanoTime();
        Attacks attack = Attacks.on(node);
        Answer answer = attack.isRefusedByTheGate(set("Content-Length: 50\r\nExpect: 100-continue", ""));
        assertThat(answer.text()).isIn("", "HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
        assertServes();
    }

    @ParameterizedTest(name = "row 46: {0}")
    @ValueSource(
            strings = {
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "PRI * HTTP/1.1\r\nHost: node:1\r\n\r\nSM\r\n\r\n",
                "GET /internal/get HTTP/2.0\r\nHost: node:1\r\n\r\n"
            })
    void row46_nextVersionIsRefused(String preface) throws Exception {
        assertRefused(preface, 400, 404, 405, 505);
    }

    @Test
    void row46_upgradeToTheNextVersionIsNotTaken() throws Exception {
        String upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__";
        try (RawCaller caller = node.caller()) {
            assertThat(caller.send(get("Host: node:1", upgrade)).readHead()).startsWith("HTTP/1.1 404 ");
        }
    }
}
