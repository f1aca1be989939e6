package dev.hypercache.transport.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** One character of a request replaced, inserted or removed, wherever it is: the request is never accepted. */
final class MutatedRequestTest {

    private static final long SEED = 20261127;
    private static final int TRIES = 20_000;

    private static final List<String> PLACES = List.of(
            "method",
            "path",
            "query",
            "host",
            "content-type",
            "content-digest",
            "hc-cluster",
            "hc-to",
            "signature-input",
            "signature");

    private final RandomGenerator random =
            RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(SEED);

    @Test
    void requestWithOneOtherCharacterIsNeverAccepted() {
        TestNode node = TestNode.with(TestNode.keys());
        TestRequest request = node.request();
        for (int i = 0; i < TRIES; i++) {
            String place = PLACES.get(random.nextInt(PLACES.size()));
            TestRequest mutated = mutated(request, place);
            if (!mutated.equals(request)) {
                assertThat(node.outcome(mutated)).as("%s of %s", place, mutated).isNotEqualTo("ACCEPTED");
            }
        }
        assertThat(node.outcome(request)).isEqualTo("ACCEPTED");
    }

    private TestRequest mutated(TestRequest request, String place) {
        return switch (place) {
            case "method" -> request.withMethod(mutated(request.method()));
            case "path" -> request.withPath(mutated(request.path()));
            case "query" -> request.withQuery(mutated(request.query()));
            default -> request.with(place, mutated(request.field(place)));
        };
    }

    private String mutated(String text) {
        int at = random.nextInt(text.length());
        char other = (char) (random.nextInt(8) == 0 ? random.nextInt(0x10000) : random.nextInt(' ', 0x7F));
        int behind = at + random.nextInt(2);
        String inserted = random.nextInt(3) == 0 ? "" : String.valueOf(other);
        return text.substring(0, at) + inserted + text.substring(behind);
    }
}
