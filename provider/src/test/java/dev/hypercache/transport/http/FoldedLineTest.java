package dev.hypercache.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folded header lines are refused wherever a head stands on its connection, and nothing else is taken for one. */
final class FoldedLineTest {

    private static final String GET = "GET /internal/get HTTP/1.1\r\nHost: n\r\n";
    private static final String SET = "POST /internal/set HTTP/1.1\r\nHost: n\r\nContent-Length: ";

    private WatchedGate gate;

    @BeforeEach
    void open() throws IOException {
        gate = WatchedGate.open();
    }

    @AfterEach
    void close() throws InterruptedException {
        gate.requireNoBreach();
        gate.close();
    }

    /** The answers to requests that arrive as these pieces. */
    private List<Integer> statuses(String... pieces) throws IOException {
        try (Socket socket =
                new Socket(gate.address().getAddress(), gate.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            for (String piece : pieces) {
                out.write(piece.getBytes(ISO_8859_1));
            }
            socket.shutdownOutput();
            return AnswerReader.statuses(socket.getInputStream());
        }
    }

    private static String[] singly(String request) {
        return request.split("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Folded: a\r\n b",
                "X-Folded: a\r\n\tb",
                "X-Folded:\r\n b",
                "X-Folded: a\r\n ",
                "Authorization: a\r\n b",
                "Content-Length:\r\n 0"
            })
    void foldedLineIsTurnedAway(String folded) throws IOException {
        String request = GET + folded + "\r\n\r\n";
        assertThat(statuses(request)).containsExactly(400);
        assertThat(statuses(singly(request))).containsExactly(400);
    }

    @Test
    void foldOfTheFirstHeaderIsTurnedAway() throws IOException {
        assertThat(statuses("GET /internal/get HTTP/1.1\r\nHost: n\r\n \r\n\r\n"))
                .containsExactly(400);
    }

    @Test
    void laterRequestsOfAConnectionAreLookedAtToo() throws IOException {
        String body = "3\r\n\r\nabc";
        assertThat(statuses(GET + "\r\n", GET + "\r\n", GET + "X: a\r\n b\r\n\r\n"))
                .containsExactly(200, 200, 400);
        assertThat(statuses(SET + body + GET + "X: a\r\n b\r\n\r\n")).containsExactly(200, 400);
        assertThat(statuses(singly(SET + body + SET + body + GET + "X: a\r\n b\r\n\r\n")))
                .containsExactly(200, 200, 400);
    }

    @Test
    void bodyMayLookLikeAFold() throws IOException {
        String body = "{\r\n  \"a\": 1\r\n}\r\n\r\n\tb\r\n c\r\n";
        String set = SET + body.length() + "\r\n\r\n" + body;
        assertThat(statuses(set + set + GET + "\r\n")).containsExactly(200, 200, 200);
        assertThat(statuses(singly(set + set + GET + "\r\n"))).containsExactly(200, 200, 200);
    }

    @Test
    void emptyLinesBeforeARequestHideNoFold() throws IOException {
        assertThat(statuses("\r\n" + GET + "X: a\r\n b\r\n\r\n")).containsExactly(400);
    }
}
