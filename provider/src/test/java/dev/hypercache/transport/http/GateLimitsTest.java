package dev.hypercache.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the listener in front of the gate is told: numbers of parameters, headers and connections, and no second protocol. */
final class GateLimitsTest {

    private WatchedGate gate;

    @AfterEach
    void close() throws InterruptedException {
        gate.requireNoBreach();
        gate.close();
    }

    private Socket dial() throws IOException {
        Socket socket = new Socket(gate.address().getAddress(), gate.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private List<Integer> statuses(String target, String headers) throws IOException {
        try (Socket socket = dial()) {
            String request = "GET " + target + " HTTP/1.1\r\nHost: n\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return AnswerReader.statuses(socket.getInputStream());
        }
    }

    private static String some(int count, String separator, String one) {
        return IntStream.range(0, count).mapToObj(i -> one.formatted(i)).collect(Collectors.joining(separator));
    }

    @Test
    void parametersOfAQueryAreBounded() throws IOException {
        gate = WatchedGate.open();
        assertThat(statuses("/internal/get?" + some(16, "&", "p%d=1"), "")).containsExactly(200);
        assertThat(statuses("/internal/get?" + some(17, "&", "p%d=1"), "")).containsExactly(400);
    }

    @Test
    void headersAreBounded() throws IOException {
        gate = WatchedGate.open();
        assertThat(statuses("/internal/get", some(49, "", "X-%d: a\r\n"))).containsExactly(200);
        assertThat(statuses("/internal/get", some(50, "", "X-%d: a\r\n"))).containsExactly(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/internal/get\u0001", "/internal/get?a=\u0001", "/internal/\u007fget", "/internal/get\0"})
    void controlBytesInATargetAreABadRequest(String target) throws IOException {
        gate = WatchedGate.open();
        assertThat(statuses(target, "")).containsExactly(400);
    }

    @Test
    void connectionIsNotUpgradedToTheNextVersion() throws IOException {
        gate = WatchedGate.open();
        String upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
        assertThat(statuses("/internal/get", upgrade)).containsExactly(200);
    }

    @Test
    void connectionsBeyondTheBoundOfAllAddressesAreClosedAtOnceAndRoomReturns() throws IOException {
        HttpLimits limits = HttpLimits.DEFAULTS;
        gate = WatchedGate.open(new HttpLimits(
                limits.headerBytesMax(),
                limits.headersMax(),
                limits.parametersMax(),
                60_000,
                limits.bodies(),
                new HttpLimits.Connections(3, 8)));
        List<Socket> present = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Socket socket = dial();
            socket.getOutputStream().write("GET /internal/get HTTP/1.1\r\nHost: n\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            present.add(socket);
        }
        assertThat(statuses("/internal/get", "")).isEmpty();
        for (Socket socket : present) {
            socket.close();
        }
        await().until(() -> statuses("/internal/get", "").equals(List.of(200)));
    }
}
