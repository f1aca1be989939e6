package dev.hypercache.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.hypercache.transport.auth.PortSecurity;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** Requests as bytes against a gate with two routes: what passes, and how the rest is turned away. */
final class HttpGateTest {

    private static final HttpLimits QUICK =
            new HttpLimits(16 * 1024, 50, 16, 300, new HttpLimits.BodyTime(300, 100), new HttpLimits.Connections(8, 4));

    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private XnioWorker worker;
    private HttpDoor door;
    private InetSocketAddress address;

    private void open(HttpLimits limits) throws IOException {
        worker = Xnio.getInstance()
                .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1, Options.THREAD_DAEMON, true));
        RouteTable routes = RouteTable.builder()
                .get("/internal/mux", Audience.CALLERS, this::serve)
                .add("POST", "/internal/set", Audience.CALLERS, 1_000, this::serve)
                .build();
        door = new HttpDoor(worker, limits, routes, refusals::incrementAndGet, PortSecurity.open("test"));
        address = door.open(new InetSocketAddress("127.0.0.1", 0));
    }

    private void serve(HttpServerExchange exchange) {
        served.incrementAndGet();
        exchange.getRequestReceiver()
                .receiveFullBytes((received, body) -> received.setStatusCode(200)
                        .getResponseSender()
                        .send("took " + body.length + " of " + received.getQueryString()));
    }

    @AfterEach
    void close() throws InterruptedException {
        if (door != null) {
            door.close();
            worker.shutdown();
            assertThat(worker.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            door.release();
        }
    }

    private Socket dial() throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** What comes back until the connection is closed; empty if nothing does. */
    private static String readAll(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder all = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                all.append((char) next);
            }
        } catch (SocketException reset) {
            return all.toString();
        }
        return all.toString();
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = dial()) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return readAll(socket);
        }
    }

    private static String get(String target, String... headers) {
        return request("GET", target, "HTTP/1.1", headers);
    }

    private static String request(String method, String target, String protocol, String... headers) {
        String fixed = "Host: node\r\nConnection: close\r\n";
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return method + " " + target + " " + protocol + "\r\n" + fixed + more + "\r\n";
    }

    private void assertTurnedAway(String request, int status) throws IOException {
        String answer = exchange(request);
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n")))
                .as("no explanation")
                .isEqualTo("\r\n\r\n");
        assertThat(served).hasValue(0);
    }

    @Test
    void exactRouteIsServedWithItsQuery() throws IOException {
        open(HttpLimits.DEFAULTS);
        assertThat(exchange(get("/internal/mux"))).startsWith("HTTP/1.1 200 ").endsWith("took 0 of ");
        assertThat(exchange(get("/internal/mux?key=a%2Fb~c-d_e"))).endsWith("took 0 of key=a%2Fb~c-d_e");
        assertThat(exchange(request("POST", "/internal/set", "HTTP/1.1", "Content-Length: 3") + "abc"))
                .endsWith("took 3 of ");
        assertThat(refusals).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/internal/mu",
                "/internal/mux/",
                "/INTERNAL/mux",
                "//internal/mux",
                "/internal//mux",
                "/internal/./mux",
                "/health/../internal/mux",
                "/internal/%6dux",
                "/%69nternal/mux",
                "/internal%2fmux",
                "/internal/mux%00",
                "/internal/mux;x=1",
                "/internal;x=1/mux",
                "/internal/mux%c0%ae",
                "/internal/..%2fmux",
                "/internal\\mux",
                "http://node/internal/mux",
                "http://evil/internal/mux",
                "*",
                "/internal/mux?a=b;c",
                "/internal/mux?a=<b>",
                "/internal/mux?a=b?c=d"
            })
    void everyOtherTargetIsNotFound(String target) throws IOException {
        open(HttpLimits.DEFAULTS);
        String answer = exchange(get(target));
        assertThat(answer).matches("(?s)HTTP/1\\.1 (404|400) .*");
        assertThat(served).hasValue(0);
    }

    @Test
    void pathsAndQueriesThatAreTooLongAreNotFound() throws IOException {
        open(HttpLimits.DEFAULTS);
        assertTurnedAway(get("/" + "a".repeat(201)), 404);
        assertTurnedAway(get("/internal/mux?a=" + "b".repeat(2_000)), 404);
    }

    @ParameterizedTest
    @CsvSource({"POST", "PUT", "DELETE", "HEAD", "TRACE", "OPTIONS", "get", "Get", "BREW"})
    void otherMethodsAreNotAllowed(String method) throws IOException {
        open(HttpLimits.DEFAULTS);
        String answer = exchange(request(method, "/internal/mux", "HTTP/1.1"));
        assertThat(answer).startsWith("HTTP/1.1 405 ").contains("Allow: GET");
        assertThat(served).hasValue(0);
    }

    @Test
    void methodOverrideIsIgnored() throws IOException {
        open(HttpLimits.DEFAULTS);
        assertThat(exchange(get("/internal/set", "X-HTTP-Method-Override: POST")))
                .startsWith("HTTP/1.1 405 ");
        assertThat(served).hasValue(0);
    }

    @Test
    void otherProtocolsAreTurnedAway() throws IOException {
        open(HttpLimits.DEFAULTS);
        for (String version : List.of("HTTP/0.9", "HTTP/1.0", "HTTP/1.2", "HTTP/9.9")) {
            assertThat(exchange(request("GET", "/internal/mux", version))).startsWith("HTTP/1.1 505 ");
        }
        assertThat(exchange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).doesNotContain("200");
        assertThat(served).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: other",
                "Authorization: a\r\nAuthorization: b",
                "Signature: a\r\nsignature: b",
                "Signature-Input: a\r\nSignature-Input: b",
                "Content-Type: a\r\nContent-Type: b",
                "Content-Length: 0\r\nContent-Length: 0",
                "HC-To: a\r\nhc-to: b",
                "Upgrade: hcmux/1\r\nUpgrade: other",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Trailer: Signature",
                "X-Tab: a\tb",
                "X-Null: a\0b",
                "X Space: a",
                "X-Space : a",
            })
    void headersThatTwoReadersMayReadInTwoWaysAreTurnedAway(String headers) throws IOException {
        open(HttpLimits.DEFAULTS);
        assertThat(exchange(get("/internal/mux", headers))).startsWith("HTTP/1.1 400 ");
        assertThat(served).hasValue(0);
    }

    @Test
    void bodiesNeedALengthWithinTheLimitOfTheirRoute() throws IOException {
        open(HttpLimits.DEFAULTS);
        assertTurnedAway(
                request("POST", "/internal/set", "HTTP/1.1", "Transfer-Encoding: chunked") + "1\r\na\r\n0\r\n\r\n",
                411);
        assertTurnedAway(request("POST", "/internal/set", "HTTP/1.1", "Content-Length: 1001"), 413);
        assertTurnedAway(get("/internal/mux", "Content-Length: 1"), 413);
        assertThat(refusals).hasValue(3);
    }

    @Test
    void tooMuchOfAHeaderIsTurnedAway() throws IOException {
        open(HttpLimits.DEFAULTS);
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add("X-" + i + ": a");
        }
        assertThat(exchange(get("/internal/mux", many.toArray(new String[0])))).startsWith("HTTP/1.1 400 ");
        assertThat(exchange(get("/internal/mux", "X-Long: " + "a".repeat(20_000))))
                .startsWith("HTTP/1.1 400 ");
        assertThat(served).hasValue(0);
    }

    @Test
    void slowHeadersAndSilentConnectionsAreClosed() throws IOException {
        open(QUICK);
        assertThat(exchange("GET /internal/mux HTTP/1.1\r\nHost: no")).isEmpty();
        assertThat(exchange("")).isEmpty();
        assertThat(served).hasValue(0);
    }

    @Test
    void slowBodyIsClosedAtItsDeadline() throws IOException {
        open(QUICK);
        String answer = exchange(request("POST", "/internal/set", "HTTP/1.1", "Content-Length: 10") + "abc");
        assertThat(answer).isEmpty();
        assertThat(refusals).hasValue(1);
        assertThat(QUICK.bodies().millisFor(10)).isEqualTo(400);
        assertThat(HttpLimits.DEFAULTS.bodies().millisFor(3 << 20)).isEqualTo(8_000);
    }

    @Test
    void connectionsBeyondTheBoundOfAnAddressAreClosedAtOnceAndRoomReturns() throws IOException {
        open(new HttpLimits(16 * 1024, 50, 16, 20_000, QUICK.bodies(), QUICK.connections()));
        List<Socket> present = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Socket socket = dial();
            socket.getOutputStream().write("GET /internal/mux HTTP/1.1\r\nHost: node\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            present.add(socket);
        }
        try (Socket beyond = dial()) {
            assertThat(readAll(beyond)).isEmpty();
        }
        assertThat(refusals).hasValue(1);
        for (Socket socket : present) {
            socket.close();
        }
        await().until(() -> exchange(get("/internal/mux")).startsWith("HTTP/1.1 200 "));
    }

    @Test
    void tableRefusesPathsThatNoRequestReaches() {
        RouteTable.Builder routes = RouteTable.builder().get("/a", Audience.CALLERS, this::serve);
        assertThatIllegalArgumentException().isThrownBy(() -> routes.get("/a", Audience.CALLERS, this::serve));
        assertThatIllegalArgumentException().isThrownBy(() -> routes.get("/a/../b", Audience.CALLERS, this::serve));
        assertThatIllegalArgumentException().isThrownBy(() -> routes.get("a", Audience.CALLERS, this::serve));
        assertThat(routes.build().paths()).containsExactly("/a");
    }
}
