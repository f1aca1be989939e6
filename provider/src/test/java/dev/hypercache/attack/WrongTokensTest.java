package dev.hypercache.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypercache.transport.auth.AuditLog;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody tries tokens as fast as it can (SECURITY §4.3): that fills no log, is counted, and locks nobody out. */
@Timeout(240)
final class WrongTokensTest {

    private static final int CALLERS = 4;
    private static final int TRIES = 750;
    private static final String GET = "GET /internal/get?cache=books&key=k HTTP/1.1\r\nHost: node:1\r\n";

    @TempDir
    private Path directory;

    @Test
    void guessesAreCountedAndFewAreWrittenDownAndOthersAreServed() throws Exception {
        try (AttackedNode node = AttackedNode.withLimitedAudit(directory);
                RawCaller served = node.caller()) {
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            try {
                List<Future<Integer>> guessing = IntStream.range(0, CALLERS)
                        .mapToObj(caller -> callers.submit(() -> guess(node, caller)))
                        .toList();
                int answers = 0;
                while (!guessing.stream().allMatch(Future::isDone)) {
                    assertIsServed(node, served);
                    answers++;
                }
                for (Future<Integer> refused : guessing) {
                    assertThat(refused.get()).isEqualTo(TRIES);
                }
                assertThat(answers).as("answers to others meanwhile").isPositive();
            } finally {
                callers.shutdownNow();
            }
            assertIsServed(node, served);
            try (RawCaller newOne = node.caller()) {
                assertIsServed(node, newOne);
            }
            assertThat(node.counters().rejectedCount()).isEqualTo((long) CALLERS * TRIES);
            assertFewLines(node.audit().all(), CALLERS * TRIES);
        }
    }

    private static int guess(AttackedNode node, int caller) throws Exception {
        int refused = 0;
        for (int i = 0; i < TRIES; i++) {
            try (RawCaller stranger = node.caller()) {
                Answer answer = stranger.send(GET + "Authorization: Bearer guess-" + caller + "-" + i + "\r\n\r\n")
                        .readAll();
                refused += answer.status() == 401 ? 1 : 0;
            }
        }
        return refused;
    }

    private static void assertIsServed(AttackedNode node, RawCaller caller) throws Exception {
        String set = node.keys().call().set();
        assertThat(caller.send(set).readHead()).startsWith("HTTP/1.1 200 ");
        caller.skip("{\"stored\":true}".length());
    }

    private static void assertFewLines(List<JsonNode> lines, int rejections) {
        Map<String, Integer> ofSecond = new HashMap<>();
        long told = 0;
        for (JsonNode line : lines) {
            String time = line.path("time").asText();
            ofSecond.merge(time.substring(0, "2026-01-01T00:00:00".length()), 1, Integer::sum);
            told += 1 + line.path("omitted").asLong();
        }
        // The line's own time is read after the second it is counted in, so one may slip into the next.
        assertThat(ofSecond.values())
                .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(AuditLog.REJECTIONS_PER_SECOND + CALLERS));
        assertThat(lines).hasSizeLessThan(rejections);
        assertThat(told).as("lines and what they say was left out").isLessThanOrEqualTo(rejections);
    }
}
