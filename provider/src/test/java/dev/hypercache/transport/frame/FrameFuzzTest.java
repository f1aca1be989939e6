package dev.hypercache.transport.frame;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hypercache.core.message.Message;
import dev.hypercache.fuzz.Reading;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a frame or a bundle of them: messages that are written as the very bytes that were read, or a refusal. */
final class FrameFuzzTest {

    private static final int OF_EACH_KIND = 2;

    static Stream<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        List<Frame> bundle = new ArrayList<>();
        for (Class<? extends Message> kind : FrameRoundTripTest.kinds().toList()) {
            List<GoldenFramesTest.Golden> goldens = GoldenFramesTest.goldens(kind);
            goldens.stream().limit(OF_EACH_KIND).forEach(golden -> seeds.add(golden.frame()));
            bundle.add(frame(goldens.get(0).frame()));
        }
        seeds.add(Frames.bytesOf(FrameBundle.of(bundle.subList(0, 3))));
        seeds.add(new byte[0]);
        return seeds.stream();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void bytesAreMessagesOrRefused(byte[] bytes) {
        List<ByteBuffer> frames = Reading.of(bytes.length, Reading.FACTOR, () -> frames(bytes));
        for (ByteBuffer frame : frames) {
            byte[] one = new byte[frame.remaining()];
            frame.duplicate().get(one);
            requireMessageOrRefusal(one);
        }
        if (frames.size() > 1) {
            List<Frame> parts = frames.stream()
                    .map(part -> Frame.of(new Payload(part.duplicate())))
                    .toList();
            requireSame(bytes, Frames.bytesOf(FrameBundle.of(parts)));
        }
    }

    private static List<ByteBuffer> frames(byte[] bytes) {
        try {
            return FrameBundle.framesOf(ByteBuffer.wrap(bytes));
        } catch (FrameException refused) {
            return List.of();
        }
    }

    private static void requireMessageOrRefusal(byte[] bytes) {
        Optional<Message> message = Reading.of(bytes.length, Reading.FACTOR, () -> message(bytes));
        if (message.isPresent()) {
            Envelope envelope = FrameSchema.envelopeOf(ByteBuffer.wrap(bytes));
            requireSame(bytes, Frames.bytesOf(FrameSchema.frameOf(envelope, message.get())));
        }
    }

    private static Optional<Message> message(byte[] bytes) {
        try {
            return Optional.of(Frames.messageOf(bytes));
        } catch (FrameException refused) {
            return Optional.empty();
        }
    }

    private static Frame frame(byte[] bytes) {
        return Frame.of(new Payload(ByteBuffer.wrap(bytes)));
    }

    private static void requireSame(byte[] read, byte[] written) {
        if (!Arrays.equals(read, written)) {
            throw new AssertionError("written again the message is another one of " + written.length + " bytes");
        }
    }
}
