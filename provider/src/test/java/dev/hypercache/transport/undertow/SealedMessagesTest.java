package dev.hypercache.transport.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.Outcome;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.undertow.wire.FrameMac;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of any length travel in authentic frames, whose bound holds with what closes them. */
final class SealedMessagesTest extends RawNodes {

    private static final int MESSAGE_BYTES_MAX = 16 << 20;

    /** The longest request that fits into one frame. */
    private static final int LONGEST =
            MuxHeader.FRAME_BYTES_MAX - MuxHeader.BYTES - MuxHeader.TIMEOUT_BYTES - FrameMac.BYTES;

    private Node startLarge(String name) {
        return start(new TransportOptions(id(name, 1), bind(), MESSAGE_BYTES_MAX, 100, 4L * MESSAGE_BYTES_MAX));
    }

    /** Half noise, half nothing. */
    private static byte[] bytes(int length) {
        byte[] noise = new byte[length / 2];
        new Random(length).nextBytes(noise);
        return Arrays.copyOf(noise, length);
    }

    private static void assertFillsOneFrame(Node one, Node two) throws InterruptedException {
        int calls = 50;
        long before = one.transport().counts().framesOut();
        for (int call = 0; call < calls; call++) {
            one.call(two, "x".repeat(LONGEST)).awaitReply();
        }
        assertThat(one.transport().counts().framesOut() - before)
                .as("frames, and a few pings")
                .isBetween((long) calls, calls + calls / 2L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void messagesAroundTheBoundsArriveAsTheyWere(int compressBytesMin) throws Exception {
        TestSettings sealed = TestSettings.defaults().sharing(TestKeys.holding("k1"));
        use(compressBytesMin == 0 ? sealed : sealed.compressing(compressBytesMin));
        Node one = startLarge("one");
        Node two = startLarge("two");
        List<Integer> lengths = new ArrayList<>(List.of(0, 1, 5_000_000, MESSAGE_BYTES_MAX));
        for (int around = -30; around <= 30; around++) {
            lengths.add(LONGEST + around);
        }
        for (int length : lengths) {
            byte[] request = bytes(length);
            Outcome outcome = new Outcome();
            Frame halves = new Frame(
                    Payload.of(Arrays.copyOf(request, length / 2)),
                    Payload.of(Arrays.copyOfRange(request, length / 2, length)));
            one.linkTo(two).call(halves, 0, LONG_NANOS, outcome);
            assertThat(outcome.awaitReply()).as("%s bytes", length).isEqualTo(request);
        }
        assertFillsOneFrame(one, two);
    }
}
