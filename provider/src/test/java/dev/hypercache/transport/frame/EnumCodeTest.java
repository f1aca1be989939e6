package dev.hypercache.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.core.op.HoldKind;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Codes of constants. */
class EnumCodeTest {

    @Test
    void codeIsThePlaceInTheListAndNotTheOrdinal() {
        EnumCode<HoldKind> turned = new EnumCode<>(HoldKind.class, "kind", List.of(HoldKind.EXCLUSIVE, HoldKind.LOAD));
        assertThat(turned.read(new FrameSource(ByteBuffer.wrap(new byte[] {0}))))
                .isEqualTo(HoldKind.EXCLUSIVE);
        assertThat(turned.read(new FrameSource(ByteBuffer.wrap(new byte[] {1}))))
                .isEqualTo(HoldKind.LOAD);
    }

    @Test
    void constantWithoutCodeIsFound() {
        assertThatThrownBy(() -> new EnumCode<>(HoldKind.class, "kind", List.of(HoldKind.LOAD)))
                .hasMessageContaining("2 constants, but 1 codes");
        assertThatThrownBy(() -> new EnumCode<>(HoldKind.class, "kind", List.of(HoldKind.LOAD, HoldKind.LOAD)))
                .hasMessageContaining("EXCLUSIVE has no code");
    }

    @Test
    void unknownCodeIsRefused() {
        EnumCode<HoldKind> codes = new EnumCode<>(HoldKind.class, "kind", List.of(HoldKind.LOAD, HoldKind.EXCLUSIVE));
        assertThatThrownBy(() -> codes.read(new FrameSource(ByteBuffer.wrap(new byte[] {2}))))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining("kind has no code 2");
    }
}
