package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the numbers of grants tell, over more grants than fit between two writes. */
final class GrantNumbersTest {

    private static final int GRANTS = 3 << 20;

    private final GrantNumbers numbers = new GrantNumbers();

    @Test
    void theyAscendIfTheSlotIsWrittenWheneverTheyAreSpent() {
        long sequence = 7;
        long before = 0;
        for (int i = 0; i < GRANTS; i++) {
            long number = numbers.next(sequence);
            if (number <= before) {
                assertThat(number).as("grant %d", i).isGreaterThan(before);
            }
            before = number;
            sequence += numbers.areSpent() ? 1 : 0;
        }
        assertThat(sequence).isEqualTo(7 + GRANTS / (GrantNumbers.SPENT + 1));
    }

    @Test
    void theyTellOfNoVersionThatWasNotThere() {
        for (int i = 0; i < GRANTS; i++) {
            long sequence = GrantNumbers.versionAt(1, numbers.next(7)).sequence();
            if (sequence != 7) {
                assertThat(sequence).as("grant %d", i).isEqualTo(7);
            }
        }
    }
}
