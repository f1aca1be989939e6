package dev.hypercache.spi.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** What every {@link ValueCodec} must do. Extend it, give it a codec and values that it takes. */
public abstract class ValueCodecContract {
    private static final int MUTATIONS = 2_000;

    /** The codec under test. */
    protected abstract ValueCodec codec();

    /** Values of different classes that the codec takes; arrays are compared by content. */
    protected abstract List<?> values();

    /** The context for a value: the declared type of a cache that would hold it. */
    protected CodecContext contextOf(Object value) {
        return new CodecContext(
                Object.class, name -> Class.forName(name, false, getClass().getClassLoader()));
    }

    @Test
    void idVersionAndNameFitTheHeaderAndTheMessages() {
        assertThat(codec().id()).isBetween(1, ValueCodec.ID_MAX);
        assertThat(codec().version()).isBetween(0, ValueCodec.ID_MAX);
        assertThat(codec().name()).matches("[a-z][a-z0-9-]*");
    }

    @Test
    void decodedValueEqualsTheEncodedOne() throws IOException {
        for (Object value : values()) {
            assertThat(codec().canEncode(value.getClass())).as(value.toString()).isTrue();
            Object copy = decode(value, encode(value));
            assertThat(Objects.deepEquals(copy, value))
                    .as("%s became %s", value, copy)
                    .isTrue();
        }
    }

    @Test
    void unknownVersionIsRefused() throws IOException {
        Object value = values().get(0);
        byte[] bytes = encode(value);
        int unknown = codec().version() == ValueCodec.ID_MAX ? 0 : ValueCodec.ID_MAX;

        assertThatThrownBy(() -> codec().decode(unknown, ByteBuffer.wrap(bytes), contextOf(value)))
                .isInstanceOf(DecodingException.class);
    }

    @Test
    void truncatedBytesAreRefusedAtEveryLength() throws IOException {
        for (Object value : values()) {
            byte[] bytes = encode(value);
            for (int length = 0; length < bytes.length; length++) {
                byte[] truncated = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> decode(value, truncated))
                        .as("%s cut to %d of %d bytes", value, length, bytes.length)
                        .isInstanceOfAny(IOException.class, RuntimeException.class);
            }
        }
    }

    @Test
    void bytesAfterTheValueAreRefused() throws IOException {
        for (Object value : values()) {
            byte[] bytes = encode(value);
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
            assertThatThrownBy(() -> decode(value, longer))
                    .as(value.toString())
                    .isInstanceOfAny(IOException.class, RuntimeException.class);
        }
    }

    @Test
    void mutatedBytesAreDecodedOrRefusedButNeverEndInAnError() throws IOException {
        long seed = Long.getLong("hypercache.sim.seed", 20_261_124L);
        RandomGenerator random =
                RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(seed);
        for (Object value : values()) {
            byte[] bytes = encode(value);
            for (int i = 0; i < MUTATIONS; i++) {
                byte[] mutated = bytes.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
                }
                assertThat(decodesOrIsRefused(value, mutated))
                        .as("replay with -Dhypercache.sim.seed=%d: %s as %s", seed, value, Arrays.toString(mutated))
                        .isTrue();
            }
        }
    }

    private boolean decodesOrIsRefused(Object value, byte[] bytes) {
        try {
            return decode(value, bytes) != null;
        } catch (IOException | RuntimeException refused) {
            return true;
        } catch (Throwable error) {
            return false;
        }
    }

    private byte[] encode(Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        codec().encode(value, out, contextOf(value));
        return out.toByteArray();
    }

    private Object decode(Object value, byte[] bytes) throws IOException {
        return codec().decode(codec().version(), ByteBuffer.wrap(bytes), contextOf(value));
    }
}
