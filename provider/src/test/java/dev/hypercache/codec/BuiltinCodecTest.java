package dev.hypercache.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.codec.CodecContext;
import dev.hypercache.spi.codec.ValueCodec;
import dev.hypercache.spi.codec.ValueCodecContract;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltinCodecTest extends ValueCodecContract {
    private final BuiltinCodec codec = new BuiltinCodec(new Copiers(), ClassFilter.all(), 1 << 20);

    @Override
    protected ValueCodec codec() {
        return codec;
    }

    @Override
    protected List<?> values() {
        return List.copyOf(Samples.all().values());
    }

    @Test
    void collectionKeepsItsKindAndItsBytes() {
        for (Object value : values()) {
            CodecContext context = contextOf(value);
            byte[] bytes = codec.encode(value, false, context);
            assertThat(bytes).as(value.toString()).isNotNull();
            ByteBuffer payload = ByteBuffer.wrap(bytes, 2, bytes.length - 2);
            Object copy = codec.decode(codec.version(), payload, context);
            assertThat(copy).hasSameClassAs(value);
            assertThat(codec.encode(copy, false, context)).as(value.toString()).isEqualTo(bytes);
        }
    }
}
