package dev.hypercache.spi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import org.junit.jupiter.api.Test;

final class TransportOptionsTest {

    private static final NodeId SELF = NodeId.unadmitted("n1");
    private static final Address BIND = new Address("127.0.0.1", 0);

    @Test
    void defaultsAreThoseOfTheDesign() {
        assertThat(TransportOptions.withDefaults(SELF, BIND))
                .isEqualTo(new TransportOptions(SELF, BIND, 1 << 20, 1_024, 8L << 20));
    }

    @Test
    void boundsOutOfRangeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransportOptions(SELF, BIND, 1_000, 1, 1L << 20))
                .withMessage("frameBytesMax is 1000: it ranges from 65536 to 16777216.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransportOptions(SELF, BIND, 1 << 20, 0, 1L << 20))
                .withMessageStartingWith("callsInFlightMax is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransportOptions(SELF, BIND, 1 << 20, 1, 1))
                .withMessageStartingWith("bytesInFlightMax is 1");
    }

    @Test
    void onlySomeFailuresLeaveDoubt() {
        assertThat(new CallFailure.ConnectionLost(true, "reset").maybeExecuted())
                .isTrue();
        assertThat(new CallFailure.TimedOut(false).maybeExecuted()).isFalse();
        assertThat(new CallFailure.Overloaded("calls").maybeExecuted()).isFalse();
        assertThat(new CallFailure.Refused("cluster").maybeExecuted()).isFalse();
        assertThat(new CallFailure.Closed().maybeExecuted()).isFalse();
    }

    @Test
    void frameIsAsLongAsItsParts() {
        assertThat(new Frame(Payload.of(new byte[3]), Payload.of(new byte[4])).length())
                .isEqualTo(7);
        assertThat(Frame.of(Payload.of(new byte[3])).length()).isEqualTo(3);
    }
}
