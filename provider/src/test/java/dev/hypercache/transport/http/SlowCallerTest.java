package dev.hypercache.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever sends a byte now and then loses its connection, whether the gate sees its request or Undertow refuses it before; so
 * does whoever takes no answer.
 */
@Timeout(60)
final class SlowCallerTest {

    private WatchedGate gate;

    @BeforeEach
    void open() throws IOException {
        gate = WatchedGate.open(WatchedGate.QUICK);
    }

    @AfterEach
    void close() throws InterruptedException {
        gate.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: n\r\n",
                "Host: n\r\nContent-Type: a\r\nContent-Type: b\r\n",
                "Host: n:n\r\n",
                "Host: n\r\nHost: m\r\n",
                ""
            })
    void bodyThatDripsEndsTheConnection(String headers) throws IOException {
        try (Socket socket = dial()) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /internal/set HTTP/1.1\r\n" + headers + "Content-Length: 900\r\n\r\n").getBytes(ISO_8859_1));
            assertThat(drip(socket, 800)).as("bytes that were taken").isLessThan(800);
        }
    }

    @Test
    void headThatDripsEndsTheConnection() throws IOException {
        try (Socket socket = dial()) {
            socket.getOutputStream().write("GET /internal/get HTTP/1.1\r\nX: ".getBytes(ISO_8859_1));
            assertThat(drip(socket, 800)).as("bytes that were taken").isLessThan(800);
        }
    }

    @Test
    void answerThatNobodyTakesEndsTheConnection() throws IOException {
        try (Socket socket = dial()) {
            socket.getOutputStream().write("GET /internal/much HTTP/1.1\r\nHost: n\r\n\r\n".getBytes(ISO_8859_1));
            await().atMost(50, TimeUnit.SECONDS).until(() -> gate.refusals() == 1);
            assertThat(taken(socket)).as("bytes that had left").isLessThan(WatchedGate.MUCH);
        }
    }

    private static long taken(Socket socket) throws IOException {
        byte[] some = new byte[1 << 16];
        long taken = 0;
        try {
            for (int bytes = 0; bytes >= 0; bytes = socket.getInputStream().read(some)) {
                taken += bytes;
            }
        } catch (SocketException ended) {
            return taken;
        }
        return taken;
    }

    private Socket dial() throws IOException {
        Socket socket = new Socket(gate.address().getAddress(), gate.address().getPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Sends byte after byte, each once nothing came back for a moment; how many until the connection ended. */
    private static int drip(Socket socket, int most) throws IOException {
        socket.setSoTimeout(20);
        for (int sent = 0; sent < most; sent++) {
            try {
                socket.getOutputStream().write('a');
                while (socket.getInputStream().read() >= 0) {
                    // What is said before the end.
                }
                return sent;
            } catch (SocketTimeoutException silence) {
                continue;
            } catch (SocketException ended) {
                return sent;
            }
        }
        return most;
    }
}
