package dev.hypercache.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes on a connection: they are answered with the statuses of the gate or not at all, nothing hangs, and what reaches a
 * route is a request as it is described.
 */
final class GateFuzzTest {

    /** The gate's own, 400 of the parser before it, and 200 of the routes. */
    private static final Set<Integer> STATUSES = Set.of(100, 200, 400, 404, 405, 411, 413, 505);

    private static final int SILENCE_MILLIS = 20_000;

    private static WatchedGate gate;

    @BeforeAll
    static void open() throws IOException {
        gate = WatchedGate.open();
    }

    @AfterAll
    static void close() throws InterruptedException {
        gate.close();
    }

    static Stream<byte[]> seeds() {
        String host = " HTTP/1.1\r\nHost: n\r\n";
        String set = "POST /internal/set" + host;
        return Stream.of(
                        "GET /internal/get" + host + "\r\n",
                        "GET /internal/get?key=a%2F" + host + "Accept: a, b\r\nConnection: close\r\n\r\n",
                        set + "Content-Length: 3\r\n\r\nabcGET /internal/get" + host + "\r\n",
                        set + "Content-Length: 1001\r\n\r\n",
                        set + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
                        set + "Expect: 100-continue\r\nContent-Length: 1\r\n\r\na",
                        "get //internal/../get" + host + "\r\n",
                        "GET http://n/internal/get HTTP/1.0\r\n\r\n",
                        "GET /internal/get" + host + "X: a\r\n b\r\n\r\n",
                        "GET /internal/get HTTP/9.9\r\nHost: n\r\n\r\n",
                        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void connectionIsAnsweredWithTheStatusesOfTheGate(byte[] sent) throws IOException {
        try (Socket socket =
                new Socket(gate.address().getAddress(), gate.address().getPort())) {
            socket.setSoLinger(true, 0); // Leaves no trace of the connection: there will be many.
            socket.setSoTimeout(SILENCE_MILLIS);
            send(socket, sent);
            List<Integer> statuses = AnswerReader.statuses(socket.getInputStream());
            if (statuses.contains(200) && !isStrict(new String(sent, ISO_8859_1))) {
                throw new AssertionError("a head that is none was served");
            }
            for (int status : statuses) {
                if (!STATUSES.contains(status)) {
                    throw new AssertionError("the gate has no status " + status);
                }
            }
        }
        gate.requireNoBreach();
    }

    /** Whether the first head, which was served if any was, has the one version and no folded line. */
    private static boolean isStrict(String sent) {
        String head = sent.strip().split("\r\n\r\n", 2)[0];
        return head.split("\r\n", 2)[0].endsWith(" HTTP/1.1") && !head.contains("\n ") && !head.contains("\n\t");
    }

    private static void send(Socket socket, byte[] sent) throws IOException {
        try {
            socket.getOutputStream().write(sent);
            socket.shutdownOutput();
        } catch (SocketException closed) {
            // The gate has seen enough.
        }
    }
}
