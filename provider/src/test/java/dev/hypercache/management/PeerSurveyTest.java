package dev.hypercache.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that answer, and members that do not. */
@Timeout(60)
final class PeerSurveyTest {

    private final CountDownLatch never = new CountDownLatch(1);

    private final PeerCalls calls = new PeerCalls() {
        @Override
        public List<String> addresses() {
            return List.of("a:1", "b:2", "c:3", "d:4");
        }

        @Override
        public byte[] get(String address, String path, String query) throws IOException {
            return switch (address) {
                case "a:1" ->
                    ("{\"node\":\"a\",\"asked\":\"" + path + "?" + query + "\"}").getBytes(StandardCharsets.UTF_8);
                case "b:2" -> throw new IOException("is not to be believed");
                case "c:3" -> "[]".getBytes(StandardCharsets.UTF_8);
                default -> hang(address);
            };
        }
    };

    private byte[] hang(String address) throws IOException {
        try {
            never.await();
            return new byte[0];
        } catch (InterruptedException e) {
            throw new IOException(address, e);
        }
    }

    @Test
    void membersThatDoNotAnswerAreListedAsSuch() {
        try (PeerSurvey survey = new PeerSurvey("n1", calls)) {
            ArrayNode rows = survey.ask("/cluster/keys", "local=true");

            assertThat(rows).hasSize(4);
            assertThat(rows.get(0))
                    .hasToString("{\"address\":\"a:1\",\"node\":\"a\",\"asked\":\"/cluster/keys?local=true\"}");
            assertThat(rows.get(1).path("problem").asText()).isEqualTo("is not to be believed");
            assertThat(rows.get(2).path("problem").asText()).isEqualTo("the answer is no object of JSON");
            assertThat(rows.get(3).path("problem").asText()).isEqualTo("no answer within 2000 ms");
        }
    }
}
