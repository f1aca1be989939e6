package dev.hypercache.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.http.FaceServer.Reply;
import dev.hypercache.telemetry.NodeMetrics;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies and queries that are none: refused before a cache is looked for. */
@Timeout(60)
final class MalformedRequestTest {

    private final AtomicInteger lookups = new AtomicInteger();
    private final NodeMetrics metrics =
            NodeMetrics.create(Settings.load(ManagerUri.of(null), new Properties(), Sources.none()));
    private final FaceServer server = new FaceServer(
            name -> {
                lookups.incrementAndGet();
                return null;
            },
            FaceServer.LIMITS,
            metrics.node());

    @AfterEach
    void close() {
        server.close();
        metrics.close();
    }

    private static void assertError(Reply reply, FaceError error) {
        assertThat(reply.code()).as("%s", reply.body()).isEqualTo(error.name());
        assertThat(reply.status()).isEqualTo(error.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"text\"",
                "{\"cache\":\"books\"",
                "{} {}",
                "{\"cache\":\"books\",\"cache\":\"books\",\"key\":\"k\",\"value\":1,\"type\":\"int\"}",
                "{\"cache\":\"books\",\"key\":\"k\",\"value\":1,\"type\":\"int\",\"@class\":\"java.net.URL\"}",
                "{\"cache\":7,\"key\":\"k\",\"value\":1,\"type\":\"int\"}",
                "{\"cache\":\"books\",\"value\":1,\"type\":\"int\"}",
                "{\"cache\":\"books\",\"key\":null,\"value\":1,\"type\":\"int\"}",
                "{\"cache\":\"books\",\"key\":\"\",\"value\":1,\"type\":\"int\"}",
                "{\"cache\":\"books\",\"key\":\"a\\u0000b\",\"value\":1,\"type\":\"int\"}",
                "{\"cache\":\"books\",\"key\":\"\\ud800\",\"value\":1,\"type\":\"int\"}",
                "{\"cache\":\"books\",\"key\":1,\"value\":1,\"type\":\"int\"}",
                "{\"cache\":\"books\",\"key\":\"k\",\"value\":1,\"type\":\"\\ud800\"}",
                "{\"cache\":\"books\",\"key\":\"k\",\"value\":{\"\\udc00\":1},\"type\":\"json\"}",
                "{\"cache\":\"books\",\"key\":\"k\",\"value\":\"1\",\"type\":\"int\"}",
                "{\"cache\":\"books\",\"key\":\"k\",\"value\":1.5,\"type\":\"long\"}",
                "{\"cache\":\"books\",\"key\":\"k\",\"value\":2147483648,\"type\":\"int\"}",
                "{\"cache\":\"books\",\"key\":\"k\",\"value\":9223372036854775808,\"type\":\"long\"}",
                "{\"cache\":\"books\",\"key\":\"k\",\"value\":123456789012345678901234567890,\"type\":\"long\"}",
                "{\"cache\":\"books\",\"key\":\"k\",\"value\":1e999999999,\"type\":\"double\"}",
                "{\"cache\":\"books\",\"key\":\"k\",\"value\":1e400,\"type\":\"double\"}",
                "{\"cache\":\"books\",\"key\":\"k\",\"value\":\"%%%\",\"type\":\"bytes\"}",
                "{\"cache\":\"books\",\"key\":\"k\",\"value\":null,\"type\":\"json\"}",
                "{\"cache\":\"books\",\"key\":{},\"keyType\":\"json\",\"value\":1,\"type\":\"int\"}",
                "{\"cache\":\"books\",\"key\":\"k\",\"value\":1,\"type\":\"int\",\"expiryMillis\":-1}",
                "{\"cache\":\"books\",\"key\":\"k\",\"value\":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]],\"type\":\"json\"}"
            })
    void malformedJsonIsRefused(String body) throws Exception {
        assertError(server.setText(body), FaceError.BAD_REQUEST);
        assertThat(lookups).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c0",
                "df7fffffff",
                "81dbffffffffa16b",
                "81a5636163686581",
                "81a56361636865c6ffffffff00",
                "82a161c0a161c0",
                "8101c0",
                "81a161d40100",
                "81a161cfffffffffffffffff",
                "81a2c32801",
                "80c0",
                "80"
            })
    void malformedMsgpackIsRefused(String hex) throws Exception {
        assertError(server.setMsgpack(HexFormat.of().parseHex(hex)), FaceError.BAD_REQUEST);
        assertThat(lookups).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cache=books",
                "key=k",
                "cache=books&key=",
                "cache=books&key=k&key=k",
                "cache=books&key=k&value=1",
                "cache=books&key=%C0%AF",
                "cache=books&key=%00",
                "cache=books&key=x&keyType=int",
                "cache=books&key=2147483648&keyType=int",
                "cache=books&key=yes&keyType=boolean",
                "cache=books&key=k&keyType=json",
                "cache=books&key=k&level=one"
            })
    void malformedQueriesAreRefused(String query) throws Exception {
        assertError(server.get(query), FaceError.BAD_REQUEST);
        assertError(server.delete(query), FaceError.BAD_REQUEST);
        assertThat(lookups).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "a%"})
    void brokenEscapesAreRefused(String key) throws Exception {
        assertThat(server.raw("GET /internal/get?cache=books&key=" + key
                        + " HTTP/1.1\r\nHost: n\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThatExceptionOfType(FaceFailure.class)
                .as("without a server in front that looks first")
                .isThrownBy(() -> Target.ofQuery("cache=books&key=" + key))
                .satisfies(refused -> assertThat(refused.error()).isEqualTo(FaceError.BAD_REQUEST));
    }

    @Test
    void bodyThatEndsTooEarlyIsRefused() throws Exception {
        try (Socket socket = server.dial()) {
            String head = "POST /internal/set HTTP/1.1\r\nHost: n\r\nContent-Length: 100\r\n\r\n";
            socket.getOutputStream().write((head + "{").getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("BAD_REQUEST");
        }
        assertThat(lookups).hasValue(0);
    }

    @Test
    void contentTypesAreThoseTwo() throws Exception {
        assertError(
                server.send(server.request(HttpFace.SET)
                        .header("Content-Type", "text/plain")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"))),
                FaceError.BAD_REQUEST);
        Reply msgpack = server.send(server.request(HttpFace.GET + "?cache=none&key=k")
                .header("Accept", "text/html, application/x-msgpack, application/json;q=0.5"));
        assertThat(msgpack.mediaType()).isEqualTo("application/msgpack");
        assertError(msgpack, FaceError.CACHE_UNKNOWN);
    }
}
