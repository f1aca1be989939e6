package dev.hypercache.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.AskPair;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.PairSame;
import org.junit.jupiter.api.Test;

/** What it costs two nodes to find out that they agree. */
final class PairFramesTest {

    private static long payload(Message message) {
        return Frames.frameOf(message).length() - FrameSchema.HEADER_BYTES;
    }

    @Test
    void cleanCycleOfPairTakesNoMoreThan64Bytes() {
        assertThat(payload(new AskPair(1, 2, 3)) + payload(new PairSame(1))).isLessThanOrEqualTo(64);
    }
}
