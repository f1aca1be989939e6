package dev.hypercache.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of a ring. */
class KeyBytesTest {

    private static KeyBytes key(int cache, String text) {
        return KeyBytes.of(cache, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A hash that changes sends every key of every ring to another slot. The values are those of the C library. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 48b2c92616fc193d",
        "7, 13, d5413e9734a63de3",
        "7, 100, 237e2c536f33a376",
        "7, 200, f886b5504f94cbf",
        "7, 1000, 45c6b80ec28cf123"
    })
    void hashOfRepeatedLettersIsWhatItAlwaysWas(int cache, int letters, String hash) {
        assertThat(Long.toHexString(key(cache, "k".repeat(letters)).hash64())).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "0, a, f2e07c0179b8b909",
        "1, a, 554a69a533e8b32a",
        "-1, a, 7dce48b2a81a49d2",
        "7, user:4711, 3dc64cc75f01938"
    })
    void hashIsOfTheCacheAndTheBytes(int cache, String text, String hash) {
        assertThat(Long.toHexString(key(cache, text).hash64())).isEqualTo(hash);
    }

    @Test
    void keysAreEqualByCacheAndContent() {
        assertThat(key(1, "a")).isEqualTo(key(1, "a")).hasSameHashCodeAs(key(1, "a"));
        assertThat(key(1, "a"))
                .isNotEqualTo(key(1, "b"))
                .isNotEqualTo(key(2, "a"))
                .isNotEqualTo("a");
    }

    @Test
    void keySharesNothingWithTheArrayItWasMadeOfOrGives() {
        byte[] bytes = {1, 2, 3};
        KeyBytes key = KeyBytes.of(9, bytes);
        bytes[0] = 0;
        key.toBytes()[1] = 0;
        assertThat(key.toBytes()).containsExactly(1, 2, 3);
        assertThat(key).isEqualTo(KeyBytes.of(9, new byte[] {1, 2, 3}));
    }

    @Test
    void keyIsReadFromABufferAndWrittenToOne() {
        ByteBuffer in = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}).position(1);
        KeyBytes key = KeyBytes.read(-5, in, 3);
        assertThat(in.position()).isEqualTo(4);
        assertThat(key).isEqualTo(KeyBytes.of(-5, new byte[] {1, 2, 3}));
        assertThat(key.cache()).isEqualTo(-5);
        assertThat(key.length()).isEqualTo(3);

        ByteBuffer out = ByteBuffer.allocate(3);
        key.writeTo(out);
        assertThat(out.array()).containsExactly(1, 2, 3);
    }

    @Test
    void keyBeyondItsBoundOrItsBufferIsRefused() {
        assertThat(KeyBytes.of(1, new byte[KeyBytes.LENGTH_MAX]).length()).isEqualTo(KeyBytes.LENGTH_MAX);
        assertThatThrownBy(() -> KeyBytes.of(1, new byte[KeyBytes.LENGTH_MAX + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 32768");
        assertThatThrownBy(() -> KeyBytes.read(1, ByteBuffer.allocate(3), 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 left");
        assertThatThrownBy(() -> KeyBytes.read(1, ByteBuffer.allocate(3), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysSpreadOverTheSlotsAndOverTheTableOfASlot() {
        SlotSpace slots = new SlotSpace(64);
        Set<Integer> used = new HashSet<>();
        Set<Integer> places = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            KeyBytes key = key(1, "key" + i);
            int slot = slots.slotOf(key.hash64());
            used.add(slot);
            if (slot == 0) {
                places.add(key.hashCode() & 0xFF);
            }
        }
        assertThat(used).hasSize(64);
        assertThat(places).hasSizeGreaterThan(80);
    }

    @Test
    void textOfAKeyDoesNotShowIt() {
        assertThat(key(4, "secret"))
                .asString()
                .startsWith("KeyBytes[cache 4, 6 bytes")
                .doesNotContain("secret");
    }
}
