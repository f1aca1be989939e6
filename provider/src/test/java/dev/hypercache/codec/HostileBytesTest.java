package dev.hypercache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.spi.codec.DecodingException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileBytesTest {
    private static final long SEED = Long.getLong("hypercache.sim.seed", 99L);

    private final CodecRegistry registry = new CodecRegistry(
            () -> HostileBytesTest.class.getClassLoader(),
            new CodecSettings(
                    DefaultCodec.JACKSON,
                    SerializationLimits.ring(1 << 20),
                    ClassFilter.of(List.of("dev.hypercache.codec.*"))));

    record Bean(String text, int number) implements Serializable {}

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void randomBytesEndInTheTypedException() {
        RandomGenerator random =
                RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(SEED);
        int refused = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 1) {
                bytes[0] = (byte) (1 + i % 3);
                bytes[1] = 1;
            }
            refused += decode(bytes) ? 0 : 1;
        }
        assertThat(refused).isBetween(15_000, 29_999);
    }

    @Test
    void mutatedValuesEndInTheTypedException() {
        RandomGenerator random =
                RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(SEED);
        int decoded = 0;
        for (Object sample : Samples.all().values()) {
            byte[] bytes = registry.encode(sample, Object.class);
            for (int i = 0; i < 300; i++) {
                byte[] mutated = Arrays.copyOf(bytes, bytes.length - (i % 10 == 0 ? random.nextInt(bytes.length) : 0));
                if (mutated.length > 2) {
                    mutated[2 + random.nextInt(mutated.length - 2)] = (byte) random.nextInt(256);
                }
                decoded += decode(mutated) ? 1 : 0;
            }
        }
        assertThat(decoded).isPositive();
    }

    /** True if decoded, false if refused in the one way that is allowed; anything else fails the test by itself. */
    private boolean decode(byte[] bytes) {
        try {
            return registry.decode(bytes, Bean.class) != null;
        } catch (DecodingException refused) {
            return false;
        } catch (RuntimeException | Error other) {
            throw new AssertionError(
                    "replay with -Dhypercache.sim.seed=" + SEED + ": "
                            + HexFormat.of().formatHex(bytes),
                    other);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', at least 2 bytes",
        "01, at least 2 bytes",
        "0501, No codec with id 5",
        "0102, version 2 is unknown",
        "0101, cannot read",
        "010100, null",
        "0101ff, Unknown tag 255",
        "010121ffffffff07, bytes are left",
        "010121ffffffffff, Malformed count",
        "0101218000, Malformed count",
        "01012580808040, bytes are left",
        "010130ffffff7f, bytes are left",
        "010138020600000001 0600000001, holds an element twice",
        "010140010600000001, cannot read",
        "01010a0001ff, Malformed UTF-8",
        "01010a01010061, must be UTF-8",
        "01010102, A boolean",
        "010100ff, null",
        "0101010000, bytes follow",
        "01010f 106a6176612e6c616e672e53797374656d 0141, may not be encoded or decoded",
        "010110 106a6176612e6c616e672e4f626a656374 00, not a record",
        "01010f 106a6176612e6c616e672e4f626a656374 0141, not an enum",
        "01010f 0141 0141, Class A is not known",
    })
    void malformedValueIsRefusedWithTheReason(String hex, String reason) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatThrownBy(() -> registry.decode(bytes, Object.class))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void deepNestingIsRefused() {
        byte[] bytes = new byte[10_000];
        Arrays.fill(bytes, (byte) 20);
        bytes[0] = 1;
        bytes[1] = 1;

        assertThatThrownBy(() -> registry.decode(bytes, Object.class))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining("deeper than 64");
    }

    @Test
    void classOutsideTheFilterIsNeitherWrittenNorReadOnARing() {
        CodecRegistry strict = new CodecRegistry(
                () -> HostileBytesTest.class.getClassLoader(),
                new CodecSettings(DefaultCodec.AUTO, SerializationLimits.ring(1 << 20), ClassFilter.of(List.of())));
        byte[] bytes = registry.encode(new Bean("a", 1), Object.class);

        assertThatThrownBy(() -> strict.encode(new Bean("a", 1), Object.class))
                .hasMessageContaining("hypercache.codec.java.allow=" + Bean.class.getName());
        assertThatThrownBy(() -> strict.decode(bytes, Object.class)).isInstanceOf(DecodingException.class);
        assertThat(strict.decode(bytes, Bean.class)).isEqualTo(new Bean("a", 1));
        strict.close();
    }

    @Test
    void valueBeyondTheSizeLimitIsRefusedOnBothSides() {
        byte[] large = new byte[(1 << 20) + 3];
        large[0] = 1;
        large[1] = 1;

        assertThatThrownBy(() -> registry.encode(large, Object.class)).hasMessageContaining("limit of 1048576");
        assertThatThrownBy(() -> registry.decode(large, Object.class))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining("1048576");
    }
}
