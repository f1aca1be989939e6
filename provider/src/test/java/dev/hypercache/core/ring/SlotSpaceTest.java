package dev.hypercache.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SlotSpaceTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32, 1024, 4096})
    void slotsAreEqualArcsInTheOrderOfUnsignedHashes(int slots) {
        SlotSpace space = new SlotSpace(slots);
        assertThat(space.size()).isEqualTo(slots);
        for (int slot = 0; slot < slots; slot++) {
            long first = slots == 1 ? 0 : (long) slot << (Long.SIZE - Integer.numberOfTrailingZeros(slots));
            long last = slots == 1 ? -1 : first + (-1L >>> Integer.numberOfTrailingZeros(slots));
            assertThat(space.slotOf(first)).isEqualTo(slot);
            assertThat(space.slotOf(last)).isEqualTo(slot);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3, 1000, 8192})
    void otherNumbersOfSlotsAreRefused(int slots) {
        assertThatThrownBy(() -> new SlotSpace(slots))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("power of two from 1 to 4096, but is " + slots);
    }
}
