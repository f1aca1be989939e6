package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The array of open sequences is a sorted set, in whatever order they come and go. */
final class OpenSequencesTest {

    private final OpenSequences open = new OpenSequences();

    @Test
    void lowestIsThatOfSortedSet() {
        Random random = new Random(3);
        TreeSet<Long> expected = new TreeSet<>();
        long next = 1;
        for (int step = 0; step < 5_000; step++) {
            long sequence = random.nextInt(8) == 0 ? random.nextInt(40) : next++;
            if (random.nextInt(100) < 52) {
                open.add(sequence);
                expected.add(sequence);
            }
            long gone = random.nextBoolean() && !expected.isEmpty() ? expected.first() : random.nextInt((int) next);
            open.remove(gone);
            expected.remove(gone);
            assertThat(open.isEmpty()).isEqualTo(expected.isEmpty());
            if (!expected.isEmpty()) {
                assertThat(open.lowest()).isEqualTo(expected.first());
            }
        }
    }

    @Test
    void manyComeBeforeOneGoes() {
        for (long sequence = 1; sequence <= 1_000; sequence++) {
            open.add(sequence);
        }
        for (long sequence = 1; sequence <= 1_000; sequence++) {
            assertThat(open.lowest()).isEqualTo(sequence);
            open.remove(sequence);
        }
        assertThat(open.isEmpty()).isTrue();
    }
}
