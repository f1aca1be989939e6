package dev.hypercache.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"n1", "orders-0.cache.svc", "10.0.0.5:7400", "[::1]:7400", "A_b"})
    void usualNamesAreAccepted(String name) {
        assertThat(NodeId.unadmitted(name)).hasToString(name + "#0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a#1", "a\nb", "ä"})
    void namesThatWouldBreakLogsOrUrisAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeId.unadmitted(name))
                .withMessageContaining("1 to 128 characters")
                .withMessageContaining("\"" + name.replace('\n', '?') + "\"");
    }

    @Test
    void overlongNameIsRefusedAndCutInTheMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeId.unadmitted("n".repeat(10_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void laterLifeOfANodeIsAnotherNodeAndComesAfter() {
        NodeId first = new NodeId("n1", new Incarnation(1));
        NodeId second = new NodeId("n1", new Incarnation(2));

        assertThat(second).isNotEqualTo(first).isGreaterThan(first).isLessThan(new NodeId("n2", new Incarnation(1)));
        assertThat(first.incarnation().isAdmitted()).isTrue();
        assertThat(Incarnation.UNADMITTED.isAdmitted()).isFalse();
    }

    @Test
    void negativeBootIdIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Incarnation(-1))
                .withMessageContaining("-1");
    }

    @Test
    void peerThatCannotBeDialledIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Peer(NodeId.unadmitted("n1"), new Address("host", 0)))
                .withMessageContaining("host:0");
    }

    @Test
    void reformKeepsTheRingAndRaisesItsGeneration() {
        RingId ring = new RingId(new UUID(1, 2), 1);

        assertThat(ring.reformed()).isEqualTo(new RingId(new UUID(1, 2), 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new RingId(new UUID(1, 2), 0));
    }
}
