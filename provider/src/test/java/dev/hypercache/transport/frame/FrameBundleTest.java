package dev.hypercache.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.Frame;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FrameBundleTest {

    private static final Frame ONE = Frame.of(Payload.of(new byte[] {1, 2, 3}));
    private static final Frame TWO = new Frame(Payload.of(new byte[] {1}), Payload.of(new byte[] {9, 9}));

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Test
    void framesComeOutAsTheyWentIn() {
        ByteBuffer bundle = FrameBundle.of(List.of(ONE, TWO)).head().buffer();
        List<ByteBuffer> frames = FrameBundle.framesOf(bundle);

        assertThat(frames).hasSize(2);
        assertThat(bytes(frames.get(0))).containsExactly(1, 2, 3);
        assertThat(bytes(frames.get(1))).containsExactly(1, 9, 9);
        assertThat(bundle.position()).isZero();
    }

    @Test
    void frameAloneIsNoBundle() {
        assertThat(FrameBundle.of(List.of(ONE))).isSameAs(ONE);
        ByteBuffer alone = ONE.head().buffer();
        assertThat(FrameBundle.framesOf(alone)).containsExactly(alone);
    }

    @Test
    void lengthThatDoesNotFitIsRefused() {
        for (byte[] hostile : List.of(
                new byte[] {0, 0, 0},
                new byte[] {0, 0, 0, 0, 0},
                new byte[] {0, 0, 0, 0, 2, 1},
                new byte[] {0, -1, -1, -1, -1, 1},
                new byte[] {0, 0, 0, 0, 1, 0})) {
            assertThatThrownBy(() -> FrameBundle.framesOf(ByteBuffer.wrap(hostile)))
                    .isInstanceOf(FrameException.class);
        }
    }
}
