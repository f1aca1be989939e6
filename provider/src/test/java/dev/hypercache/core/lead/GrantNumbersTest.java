package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the numbers of grants tell, over more grants than fit between two writes. */
final class GrantNumbersTest {

    private static final int GRANTS = 3 << 20;

    private final GrantNumbers numbers = new GrantNumbers();

    @Test
    void writersAscendHoweverManyAreGrantedBetweenTwoWrites() {
        long before = 0;
        for (int i = 0; i < GRANTS; i++) {
            long number = numbers.next(i < GRANTS / 2 ? 7 : 8, false);
            if (number <= before) {
                assertThat(number).as("grant %d", i).isGreaterThan(before);
            }
            before = number;
        }
    }

    @Test
    void numberOfALoadTellsOfNoVersionThatWasNotThere() {
        for (int i = 0; i < GRANTS; i++) {
            long sequence = GrantNumbers.versionAt(1, numbers.next(7, true)).sequence();
            if (sequence != 7) {
                assertThat(sequence).as("grant %d", i).isEqualTo(7);
            }
        }
    }
}
