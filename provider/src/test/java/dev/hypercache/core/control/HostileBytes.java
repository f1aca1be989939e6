package dev.hypercache.core.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.spi.Payload;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Bytes that nobody encoded, shown to a decoder: it decodes them or says what is wrong, and nothing else. */
final class HostileBytes {

    private static final long SEED = Long.getLong("hypercache.sim.seed", 20_261_126L);

    private final byte[] good;
    private final Function<Payload, ?> decoder;

    HostileBytes(Payload good, Function<Payload, ?> decoder) {
        this.good = good.toBytes();
        this.decoder = decoder;
    }

    void cutOffAnywhere() {
        int step = Math.max(1, good.length / 2_000);
        for (int length = 0; length < good.length; length += step) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatIllegalArgumentException()
                    .as("cut to %d of %d bytes", length, good.length)
                    .isThrownBy(() -> decoder.apply(Payload.of(cut)))
                    .withMessageContaining("is cut off");
        }
    }

    void followedByAnotherByte() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.apply(Payload.of(Arrays.copyOf(good, good.length + 1))))
                .withMessageContaining("followed by 1 bytes");
    }

    void changedAtRandom(int times) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < times; i++) {
            byte[] changed = good.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            checkDecodedOrRefused(changed);
        }
    }

    void madeUp(int times) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < times; i++) {
            byte[] madeUp = new byte[random.nextInt(200)];
            random.nextBytes(madeUp);
            System.arraycopy(good, 0, madeUp, 0, Math.min(random.nextInt(30), Math.min(good.length, madeUp.length)));
            checkDecodedOrRefused(madeUp);
        }
    }

    private void checkDecodedOrRefused(byte[] bytes) {
        String replay = "replay with -Dhypercache.sim.seed=" + SEED + ": " + Arrays.toString(bytes);
        try {
            assertThat(decoder.apply(Payload.of(bytes))).as(replay).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).as(replay).hasMessageMatching("(?s).*[a-z].*");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError other) {
            throw new AssertionError(replay, other);
        }
    }
}
