package dev.hypercache.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.OpToken;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SeenCopiesTest {

    private static final long NOW = 10_000;
    private static final long OLDEST = NOW - 5_500;

    private final SeenCopies copies = new SeenCopies();

    private static RequestHead head(long client, long sequence, long lowestUnanswered, int attempt) {
        return new RequestHead(
                sequence, new OpToken(client, sequence, NOW), lowestUnanswered, attempt, 1, false, 5_000);
    }

    @Test
    void eachCopyIsTakenInOnce() {
        assertThat(copies.takesIn(head(1, 1, 1, 1), OLDEST)).isTrue();
        assertThat(copies.takesIn(head(1, 1, 1, 1), OLDEST)).isFalse();
        assertThat(copies.takesIn(head(1, 1, 1, 2), OLDEST)).isTrue();
        assertThat(copies.takesIn(head(2, 1, 1, 1), OLDEST)).isTrue();
        assertThat(copies.size()).isEqualTo(2);
    }

    @Test
    void whatTheClientAsksForNoMoreIsNeitherRememberedNorTakenIn() {
        assertThat(copies.takesIn(head(1, 1, 1, 1), OLDEST)).isTrue();
        assertThat(copies.takesIn(head(1, 3, 3, 1), OLDEST)).isTrue();
        assertThat(copies.size()).isEqualTo(1);
        assertThat(copies.takesIn(head(1, 1, 1, 1), OLDEST)).isFalse();
        assertThat(copies.takesIn(head(1, 2, 1, 1), OLDEST)).isFalse();
        assertThat(copies.takesIn(head(1, 3, 1, 1), OLDEST)).isFalse();
    }

    @Test
    void whatHasNoTokenIsAlwaysTakenIn() {
        RequestHead read = new RequestHead(1, null, 1, 1, 1, false, 5_000);
        assertThat(copies.takesIn(read, OLDEST)).isTrue();
        assertThat(copies.takesIn(read, OLDEST)).isTrue();
        assertThat(copies.size()).isZero();
    }

    @Test
    void aClientIsForgottenOnceAllItsTokensAreTooOld() {
        assertThat(copies.takesIn(head(1, 7, 7, 1), OLDEST)).isTrue();
        assertThat(copies.takesIn(head(2, 1, 1, 1), NOW)).isTrue();
        assertThat(copies.size()).isEqualTo(2);
        RequestHead later = new RequestHead(2, new OpToken(2, 2, NOW + 1_000), 1, 1, 1, false, 5_000);
        assertThat(copies.takesIn(later, NOW + 600)).isTrue();
        assertThat(copies.size()).isEqualTo(1);
    }

    @Test
    void beyondTheBoundNothingIsTakenIn() {
        for (long sequence = 1; sequence <= SeenCopies.REQUESTS_MAX; sequence++) {
            assertThat(copies.takesIn(head(1, sequence, 1, 1), OLDEST)).isTrue();
        }
        long next = SeenCopies.REQUESTS_MAX + 1L;
        assertThat(copies.takesIn(head(1, next, 1, 1), OLDEST)).isFalse();
        assertThat(copies.takesIn(head(1, next, next, 1), OLDEST)).isTrue();
        assertThat(copies.size()).isEqualTo(1);
    }

    @Test
    void copiesInAnyOrderAreToldApart() {
        List<Long> sequences = LongStream.rangeClosed(1, 300).boxed().collect(Collectors.toList());
        Collections.shuffle(sequences, new Random(1));
        for (int attempt : new int[] {1, 63, 64, 200}) {
            for (long sequence : sequences) {
                assertThat(copies.takesIn(head(1, sequence, 1, attempt), OLDEST))
                        .isTrue();
                assertThat(copies.takesIn(head(1, sequence, 1, attempt), OLDEST))
                        .isFalse();
            }
        }
        assertThat(copies.size()).isEqualTo(300);
    }

    @Test
    void whatIsForgottenInBetweenMakesRoomForMore() {
        for (long sequence = 1; sequence <= 1_000; sequence++) {
            long lowestUnanswered = Math.max(1, sequence - sequence % 7);
            assertThat(copies.takesIn(head(1, sequence, lowestUnanswered, 1), OLDEST))
                    .isTrue();
            assertThat(copies.takesIn(head(1, lowestUnanswered, lowestUnanswered, 1), OLDEST))
                    .isFalse();
            assertThat(copies.size()).isEqualTo((int) (sequence - lowestUnanswered + 1));
        }
    }
}
