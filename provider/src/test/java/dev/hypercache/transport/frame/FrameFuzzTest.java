package dev.hypercache.transport.frame;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hypercache.core.message.Message;
import dev.hypercache.fuzz.Reading;
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
        List<Message> bundle = new ArrayList<>();
        for (Class<? extends Message> kind : FrameRoundTripTest.kinds().toList()) {
            List<GoldenFramesTest.Golden> goldens = GoldenFramesTest.goldens(kind);
            goldens.stream().limit(OF_EACH_KIND).forEach(golden -> seeds.add(golden.frame()));
            bundle.add(Frames.messageOf(goldens.get(0).frame()));
        }
        seeds.add(Frames.bundleOf(bundle.subList(0, 3)));
        seeds.add(new byte[0]);
        return seeds.stream();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void bytesAreMessagesOrRefused(byte[] bytes) {
        Optional<List<Message>> messages = Reading.of(bytes.length, Reading.FACTOR, () -> messages(bytes));
        if (messages.isPresent() && !messages.get().isEmpty()) {
            // A bundle of one is read, though nobody writes it.
            byte[] read =
                    messages.get().size() == 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 5, bytes.length) : bytes;
            byte[] written = Frames.bundleOf(messages.get());
            if (!Arrays.equals(read, written)) {
                throw new AssertionError("written again the messages are others of " + written.length + " bytes");
            }
        }
    }

    /** The messages, if all of them can be read and are meant. */
    private static Optional<List<Message>> messages(byte[] bytes) {
        try {
            BundleSource source = new BundleSource(ByteBuffer.wrap(bytes));
            List<Message> messages = new ArrayList<>();
            for (int i = 0; i < source.count(); i++) {
                Message message = source.next(Frames.ENVELOPE);
                if (message == null) {
                    return Optional.empty();
                }
                messages.add(message);
            }
            return Optional.of(messages);
        } catch (FrameException refused) {
            return Optional.empty();
        }
    }
}
