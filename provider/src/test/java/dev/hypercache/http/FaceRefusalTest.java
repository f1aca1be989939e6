package dev.hypercache.http;

import static dev.hypercache.http.FaceServer.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.http.FaceServer.Reply;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.call.IndeterminateResultException;
import dev.hypercache.runtime.call.NamedCache;
import dev.hypercache.runtime.call.NamedCaches;
import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.runtime.call.RequestTimeoutException;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.NodeMetrics;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the face does not take, and what it says when a cache fails: against a cache of the test's making. */
@Timeout(60)
final class FaceRefusalTest {

    private static final FaceLimits SMALL = new FaceLimits(1, 2, 1_000, 1_500, 2, 60_000);

    private final NodeMetrics metrics =
            NodeMetrics.create(Settings.load(ManagerUri.of(null), new Properties(), Sources.none()));
    private final OneCache cache = new OneCache();
    private final FaceServer server =
            new FaceServer(name -> name.equals("books") ? cache : null, SMALL, metrics.node());

    /** A cache that throws what it is told to, and lets callers wait. */
    private static final class OneCache implements NamedCache {
        final CountDownLatch gate = new CountDownLatch(1);
        final AtomicInteger calls = new AtomicInteger();
        volatile boolean waits;
        volatile @Nullable RuntimeException failure;

        private void call() {
            calls.incrementAndGet();
            RuntimeException thrown = failure;
            if (thrown != null) {
                throw thrown;
            }
            try {
                if (waits) {
                    gate.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean writesThrough() {
            return false;
        }

        @Override
        public Class<?> keyType() {
            return Object.class;
        }

        @Override
        public Class<?> valueType() {
            return Object.class;
        }

        @Override
        public @Nullable Object get(Object key, @Nullable ConsistencyLevel level) {
            call();
            return key;
        }

        @Override
        public void put(Object key, Object value, @Nullable ConsistencyLevel level, long lifeMillis) {
            call();
        }

        @Override
        public boolean remove(Object key, @Nullable ConsistencyLevel level) {
            call();
            return true;
        }
    }

    @AfterEach
    void close() {
        cache.gate.countDown();
        server.close();
        metrics.close();
    }

    private static void assertError(Reply reply, FaceError error) {
        assertThat(reply.code()).as("%s", reply.body()).isEqualTo(error.name());
        assertThat(reply.status()).isEqualTo(error.status());
    }

    @Test
    void failuresOfTheRingHaveACodeEach() throws Exception {
        List<RuntimeException> failures = List.of(
                new RequestFailedException("OVERLOADED", "full"),
                new RequestFailedException("CLOSED", "closed"),
                new RequestFailedException("REQUEST_FAILED", "no majority"),
                new RequestTimeoutException("held"),
                new IndeterminateResultException("unknown", "", ""),
                new IllegalArgumentException("a bug"));
        List<FaceError> errors = List.of(
                FaceError.OVERLOADED,
                FaceError.CLOSED,
                FaceError.NO_QUORUM,
                FaceError.KEY_HELD,
                FaceError.INDETERMINATE,
                FaceError.INTERNAL);
        for (int i = 0; i < errors.size(); i++) {
            cache.failure = failures.get(i);
            assertError(server.get("cache=books&key=k"), errors.get(i));
            assertError(server.set(entry("books", "k", "v", "string")), errors.get(i));
            assertError(server.delete("cache=books&key=k"), errors.get(i));
        }
        assertThat(metrics.node().read(MetricName.HTTP_OVERLOADS)).isEqualTo(3);
        assertThat(metrics.node().read(MetricName.HTTP_FAILED)).isEqualTo(15);
    }

    @Test
    void whatDidNothingMayBeRepeatedAndWhatMayHaveActedMayNot() throws Exception {
        cache.failure = new RequestFailedException("REQUEST_FAILED", "no majority");
        assertError(server.set(entry("books", "k", "v", "string"), "a"), FaceError.NO_QUORUM);
        cache.failure = new IndeterminateResultException("unknown", "", "");
        assertError(server.set(entry("books", "k", "v", "string"), "a"), FaceError.INDETERMINATE);
        cache.failure = null;
        assertError(server.set(entry("books", "k", "v", "string"), "a"), FaceError.INDETERMINATE);
        assertThat(cache.calls).hasValue(2);
        assertThat(server.set(entry("books", "k", "v", "string"), "b").status()).isEqualTo(200);
        assertError(server.set(entry("books", "k", "v", "string"), "c"), FaceError.OVERLOADED);
        assertThat(cache.calls).hasValue(3);
    }

    @Test
    void whatIsUnderWayIsBounded() throws Exception {
        cache.waits = true;
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            waiting.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return server.get("cache=books&key=k").status();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
            int expected = i;
            await().until(() -> metrics.node().read(MetricName.HTTP_IN_FLIGHT) == expected);
        }
        Reply refused = server.get("cache=books&key=k");
        assertError(refused, FaceError.OVERLOADED);
        assertThat(refused.raw().headers().firstValue("Retry-After")).hasValue("1");
        cache.gate.countDown();
        for (CompletableFuture<Integer> one : waiting) {
            assertThat(one.get()).isEqualTo(200);
        }
        await().until(() -> metrics.node().read(MetricName.HTTP_IN_FLIGHT) == 0);
    }

    @Test
    void bodiesThatDoNotComeGiveTheirPlaceBack() throws Exception {
        String head =
                "POST /internal/set HTTP/1.1\r\nHost: n\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{";
        try (Socket slow = server.dial()) {
            slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> metrics.node().read(MetricName.HTTP_IN_FLIGHT) == 1);
            String longValue = "x".repeat(700);
            assertError(server.set(entry("books", "k", longValue, "string")), FaceError.OVERLOADED);
            assertThat(server.get("cache=books&key=k").status()).isEqualTo(200);
        }
        await().until(() -> metrics.node().read(MetricName.HTTP_IN_FLIGHT) == 0);
        assertThat(server.set(entry("books", "k", "v", "string")).status()).isEqualTo(200);
        try (Socket stalled = server.dial()) {
            stalled.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            assertThat(stalled.getInputStream().readAllBytes())
                    .as("closed at the body's deadline")
                    .isEmpty();
        }
        await().until(() -> metrics.node().read(MetricName.HTTP_IN_FLIGHT) == 0);
        assertThat(cache.calls).hasValue(2);
    }

    @Test
    void aCallerThatAsksBeforeItSendsIsToldToGoOn() throws Exception {
        String body = "{\"cache\":\"books\",\"key\":\"k\",\"value\":1,\"type\":\"int\"}";
        String head = "POST /internal/set HTTP/1.1\r\nHost: n\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";
        try (Socket socket = server.dial()) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] goOn = socket.getInputStream().readNBytes("HTTP/1.1 100 ".length());
            assertThat(new String(goOn, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100 ");
            socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
            String rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(rest).contains("HTTP/1.1 200 ").endsWith("{\"stored\":true}");
        }
    }

    @Test
    void cachesOfManagersComeAndGo() throws Exception {
        NamedCaches films = name -> name.equals("films") ? cache : null;
        assertError(server.get("cache=films&key=k"), FaceError.CACHE_UNKNOWN);
        server.face().serve(films);
        assertThat(server.get("cache=films&key=k").status()).isEqualTo(200);
        assertThat(server.get("cache=books&key=k").status()).isEqualTo(200);
        server.face().withdraw(films);
        assertError(server.get("cache=films&key=k"), FaceError.CACHE_UNKNOWN);
        server.face().close();
        assertError(server.get("cache=books&key=k"), FaceError.CLOSED);
    }

    @Test
    void theGateExplainsItself() throws Exception {
        String json = "Host: n\r\nContent-Type: application/json\r\n";
        assertExplained("GET /internal/set HTTP/1.1\r\n" + json + "\r\n", 405, FaceError.METHOD);
        assertExplained("POST /internal/get HTTP/1.1\r\n" + json + "\r\n", 405, FaceError.METHOD);
        assertExplained("GET /internal/get?a=;b HTTP/1.1\r\nHost: n\r\n\r\n", 404, FaceError.NOT_FOUND);
        assertExplained(
                "POST /internal/set HTTP/1.1\r\n" + json + "Transfer-Encoding: chunked\r\n\r\n",
                411,
                FaceError.LENGTH_REQUIRED);
        assertExplained(
                "POST /internal/set HTTP/1.1\r\n" + json + "Content-Length: 1001\r\n\r\n{", 413, FaceError.TOO_LARGE);
        assertExplained(
                "POST /internal/set HTTP/1.1\r\n" + json + "Connection: close\r\n\r\n", 411, FaceError.LENGTH_REQUIRED);
        assertExplained(
                "GET /internal/get?cache=books HTTP/1.1\r\nHost: n\r\nHC-Id: a\r\nHC-Id: b\r\n\r\n",
                400,
                FaceError.BAD_REQUEST);
        assertThat(server.raw("GET /internal/other HTTP/1.1\r\nHost: n\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("\r\n\r\n");
        assertThat(cache.calls).hasValue(0);
    }

    private void assertExplained(String request, int status, FaceError error) throws Exception {
        String answer = server.raw(request);
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("Content-Type: application/json");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(FaceServer.MAPPER.readTree(body).path("code").asText()).isEqualTo(error.name());
    }
}
