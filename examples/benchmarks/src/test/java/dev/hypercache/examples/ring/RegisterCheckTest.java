package dev.hypercache.examples.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A check that finds nothing must have been able to. */
final class RegisterCheckTest {

    private final List<RegisterOperation> operations = new ArrayList<>();

    private void write(long start, long end, long value) {
        operations.add(new RegisterOperation(0, true, start, end, value));
    }

    private void read(long start, long end, long value) {
        operations.add(new RegisterOperation(0, false, start, end, value));
    }

    private RegisterCheck check() {
        return RegisterCheck.of(RegisterOperation.parse(RegisterOperation.text(operations)), 1);
    }

    @Test
    void readsBesideAWriteMaySeeItOrNot() {
        write(10, 20, 1);
        write(30, 40, 2);
        read(31, 35, 1);
        read(32, 38, 2);
        read(41, 45, 2);

        assertThat(check()).isEqualTo(new RegisterCheck(3, 0));
    }

    @Test
    void readOfLessThanWhatWasAcknowledgedIsWrong() {
        write(10, 20, 1);
        write(30, 40, 2);
        read(41, 45, 1);

        assertThat(check()).isEqualTo(new RegisterCheck(1, 1));
    }

    @Test
    void readOfLessThanWhatAnotherHadReadIsWrong() {
        write(10, 20, 1);
        write(30, 90, 2);
        read(40, 50, 2);
        read(51, 60, 1);

        assertThat(check()).isEqualTo(new RegisterCheck(2, 1));
    }

    @Test
    void readOfWhatNobodyHadBegunToWriteIsWrong() {
        write(10, 20, 1);
        read(21, 25, 2);
        write(30, 40, 2);

        assertThat(check()).isEqualTo(new RegisterCheck(1, 1));
    }

    @Test
    void writeOfUnknownOutcomeMayBeSeenLate() {
        write(10, 20, 1);
        write(30, Long.MAX_VALUE, 2);
        read(50, 60, 1);
        read(70, 80, 2);
        read(81, 90, 1);

        assertThat(check()).as("only the last goes back").isEqualTo(new RegisterCheck(3, 1));
    }

    @Test
    void registersDoNotMix() {
        write(10, 20, 5);
        operations.add(new RegisterOperation(1, true, 10, 20, 1));
        operations.add(new RegisterOperation(1, false, 30, 40, 1));

        assertThat(RegisterCheck.of(operations, 2)).isEqualTo(new RegisterCheck(1, 0));
    }
}
