package dev.hypercache.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PayloadTest {

    @Test
    void eachReaderHasAPositionOfItsOwn() {
        Payload payload = Payload.of(new byte[] {1, 2, 3});

        payload.buffer().get();

        assertThat(payload.buffer().remaining()).isEqualTo(3);
        assertThat(payload.length()).isEqualTo(3);
        assertThat(payload.buffer().isReadOnly()).isTrue();
    }

    @Test
    void onlyBytesBetweenPositionAndLimitCount() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}).position(1).limit(3);

        Payload payload = new Payload(buffer);
        buffer.position(0);

        assertThat(payload).isEqualTo(Payload.of(new byte[] {1, 2})).hasSameHashCodeAs(Payload.of(new byte[] {1, 2}));
        assertThat(payload.toBytes()).containsExactly(1, 2);
    }

    @Test
    void contentIsNotPrinted() {
        assertThat(Payload.of("password".getBytes(StandardCharsets.UTF_8))).hasToString("Payload[8 bytes]");
    }
}
