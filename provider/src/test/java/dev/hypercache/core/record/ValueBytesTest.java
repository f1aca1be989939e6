package dev.hypercache.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.spi.Payload;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Values of a ring. */
class ValueBytesTest {

    @Test
    void valuesAreEqualByContent() {
        ValueBytes value = ValueBytes.of(new byte[] {1, 2});
        assertThat(value).isEqualTo(ValueBytes.of(new byte[] {1, 2})).hasSameHashCodeAs(ValueBytes.of(new byte[] {1, 2
        }));
        assertThat(value).isNotEqualTo(ValueBytes.of(new byte[] {1, 3})).isNotEqualTo(Payload.of(new byte[] {1, 2}));
    }

    @Test
    void valueReadFromABufferSharesNothingWithIt() {
        ByteBuffer in = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}).position(1);
        ValueBytes value = ValueBytes.read(in, 2);
        assertThat(in.position()).isEqualTo(3);
        in.put(1, (byte) 0);
        assertThat(value.toBytes()).containsExactly(1, 2);
        assertThat(value.length()).isEqualTo(2);
    }

    @Test
    void bytesThatAValueGivesDoNotChangeIt() {
        ValueBytes value = ValueBytes.of(new byte[] {1, 2});
        value.toBytes()[0] = 0;
        assertThat(value.payload().buffer().isReadOnly()).isTrue();
        ByteBuffer out = ByteBuffer.allocate(2);
        value.writeTo(out);
        assertThat(out.array()).containsExactly(1, 2);
        assertThat(value.payload()).isEqualTo(Payload.of(new byte[] {1, 2}));
    }

    @Test
    void valueBeyondItsBufferIsRefused() {
        assertThatThrownBy(() -> ValueBytes.read(ByteBuffer.allocate(3), 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 left");
        assertThatThrownBy(() -> ValueBytes.read(ByteBuffer.allocate(3), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textOfAValueDoesNotShowIt() {
        assertThat(ValueBytes.of("secret".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasToString("ValueBytes[6 bytes]");
    }
}
