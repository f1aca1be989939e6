package dev.hypercache.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.security.Role;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows 55 to 60 of the attack list: bodies that would make a decoder do too much or something else, and answers that tell. */
@Timeout(120)
final class BodyAttackTest {

    private static final String JSON = "application/json";
    private static final String MSGPACK = "application/msgpack";
    private static final byte[] GADGET = HexFormat.of().parseHex("aced0005737200116a6176612e7574696c2e48617368536574");

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

    private static String set(String type, String body) {
        return "POST /internal/set HTTP/1.1\r\nHost: node:1\r\nConnection: close\r\nContent-Type: " + type + "\r\n"
                + node.authorization() + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void assertBadRequest(String request) throws Exception {
        Answer answer = Attacks.on(node).isRefused(request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.body()).contains("BAD_REQUEST");
    }

    private static String entry(String value) {
        return "{\"cache\":\"books\",\"key\":\"k\",\"type\":\"json\",\"value\":" + value + "}";
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    static Stream<Arguments> json() {
        return Stream.of(
                Arguments.of("depth 400", entry(nested(400))),
                Arguments.of("depth 100,000", entry(nested(100_000))),
                Arguments.of("number of 900 digits", entry("9".repeat(900))),
                Arguments.of("1e999999999", entry("1e999999999")),
                Arguments.of("100,000 values", entry("[1" + ",1".repeat(100_000) + "]")),
                Arguments.of("name of 100,000 characters", entry("{\"" + "a".repeat(100_000) + "\":1}")),
                Arguments.of("a name twice", entry("{\"a\":1,\"a\":2}")),
                Arguments.of("a field twice", entry("1").replace("}", ",\"key\":\"other\"}")),
                Arguments.of("something behind", entry("1") + " {}"),
                Arguments.of("nothing", ""));
    }

    @ParameterizedTest(name = "row 55: {0}")
    @MethodSource("json")
    void row55_excessiveJsonIsABadRequest(String name, String body) throws Exception {
        assertBadRequest(set(JSON, body));
    }

    @Test
    void row56_namesOfClassesAreNoFields() throws Exception {
        assertBadRequest(set(JSON, entry("1").replace("}", ",\"@class\":\"java.net.URL\"}")));
        assertBadRequest(set(JSON, "[\"java.net.URL\"," + entry("1") + "]"));
        assertBadRequest(set(JSON, "[\"java.util.HashMap\",{}]"));
    }

    @Test
    void row56_namesOfClassesWithinAValueAreTextAndNothingElse() throws Exception {
        assertThat(exchange(set(JSON, entry("{\"@class\":\"java.net.URL\",\"a\":[\"java.net.URL\",\"http://evil\"]}")))
                        .status())
                .isEqualTo(200);
        assertThat(node.books().get("k", null)).isInstanceOf(Map.class);
    }

    private static Answer exchange(String request) throws Exception {
        try (RawCaller caller = node.caller()) {
            return caller.send(request).readAll();
        }
    }

    @Test
    void row57_serializedObjectsAreNoBodies() throws Exception {
        String gadget = new String(GADGET, ISO_8859_1);
        assertBadRequest(set(JSON, gadget));
        assertBadRequest(set(MSGPACK, gadget));
        assertBadRequest(set("application/x-java-serialized-object", gadget));
    }

    @Test
    void row57_serializedObjectAsAValueStaysBytes() throws Exception {
        String written = Base64.getEncoder().encodeToString(GADGET);
        String body = "{\"cache\":\"books\",\"key\":\"gadget\",\"type\":\"bytes\",\"value\":\"" + written + "\"}";
        assertThat(exchange(set(JSON, body)).status()).isEqualTo(200);
        assertThat(node.books().get("gadget", null)).isEqualTo(GADGET);
        Answer read =
                exchange("GET /internal/get?cache=books&key=gadget HTTP/1.1\r\nHost: node:1\r\nConnection: close\r\n"
                        + node.authorization() + "\r\n");
        assertThat(read.body()).contains(written);
    }

    static Stream<Arguments> msgpack() {
        String deep = "91".repeat(100_000) + "c0";
        return Stream.of(
                Arguments.of("array of 2^32-1", "ddffffffff"),
                Arguments.of("map of 2^32-1", "dfffffffff"),
                Arguments.of("text of 2^32-1", "81dbffffffff61"),
                Arguments.of("bytes of 2^32-1", "81a161c6ffffffff00"),
                Arguments.of("extension", "81a161c70301aabbcc"),
                Arguments.of("extension of 2^32-1", "81a161c9ffffffff01"),
                Arguments.of("fixed extension", "81a161d801" + "00".repeat(16)),
                Arguments.of("time", "81a161d6ff00000000"),
                Arguments.of("depth 100,000", deep),
                Arguments.of("depth 100,000 in a value", "81a576616c7565" + deep));
    }

    @ParameterizedTest(name = "row 58: {0}")
    @MethodSource("msgpack")
    void row58_excessiveMessagePackIsABadRequest(String name, String hex) throws Exception {
        assertBadRequest(set(MSGPACK, new String(HexFormat.of().parseHex(hex), ISO_8859_1)));
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of("NUL", "a\\u0000b"),
                Arguments.of("half of a pair", "\\ud800"),
                Arguments.of("halves in the wrong order", "\\udc00\\ud800"),
                Arguments.of("nothing", ""),
                Arguments.of("1,025 bytes", "a".repeat(1_025)),
                Arguments.of("1,026 bytes in 513 characters", "\\u00e4".repeat(513)),
                Arguments.of("control character", "a\\u0085b"));
    }

    @ParameterizedTest(name = "row 59: {0}")
    @MethodSource("keys")
    void row59_keyThatIsNoneIsABadRequest(String name, String key) throws Exception {
        assertBadRequest(set(JSON, entry("1").replace("\"key\":\"k\"", "\"key\":\"" + key + "\"")));
    }

    @Test
    void row59_keyOfTheMostBytesIsServed() throws Exception {
        String longest = "a".repeat(1_024);
        assertThat(exchange(set(JSON, entry("1").replace("\"key\":\"k\"", "\"key\":\"" + longest + "\"")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void row60_nothingIsToldOfSecretsKeysPathsAndCode() throws Exception {
        List<String> targets = List.of(
                "GET /metrics",
                "GET /dist/config",
                "GET /internal/keys",
                "GET /",
                "GET /internal/get?cache=books&key=k",
                "GET /internal/get?cache=no&key=k",
                "GET /internal/get?cache",
                "POST /internal/set",
                "GET /internal/mux",
                "BREW /internal/get");
        for (String target : targets) {
            for (Role role : Role.values()) {
                String text = exchange(
                                target + " HTTP/1.1\r\nHost: node:1\r\nConnection: close\r\nAuthorization: Bearer "
                                        + node.token(role) + "\r\n\r\n")
                        .text();
                assertThat(text).as(target).startsWith("HTTP/1.1 ");
                assertThat(text.toLowerCase(Locale.ROOT))
                        .as(target)
                        .doesNotContain(
                                node.token(role).toLowerCase(Locale.ROOT),
                                role.label() + "-token",
                                directory.toString(),
                                node.name(),
                                "secret of a test",
                                "exception",
                                "dev.hypercache",
                                "undertow",
                                "server:",
                                "java.");
            }
        }
    }

    @Test
    void row60_whatIsNotInTheTableIsNotThereForAnybody() throws Exception {
        for (String target : List.of("/metrics", "/dist/config", "/internal/keys", "/internal/merkle", "/actuator")) {
            for (Role role : Role.values()) {
                Answer answer = Attacks.on(node)
                        .isRefusedByTheGate("GET " + target + " HTTP/1.1\r\nHost: node:1\r\nAuthorization: Bearer "
                                + node.token(role) + "\r\n\r\n");
                assertThat(answer.status()).as(target).isEqualTo(404);
                assertThat(answer.body()).isEmpty();
            }
        }
    }
}
