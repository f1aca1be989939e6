package dev.hypercache.transport.frame;

import static java.util.Objects.requireNonNull;

import dev.hypercache.core.message.Message;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.transport.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Frames as runs of bytes, the way a receiver gets them. */
public final class Frames {

    /** Who sends, wherever it does not matter. */
    static final Envelope ENVELOPE =
            new Envelope(new RingId(new UUID(0x0102030405060708L, 0x090A0B0C0D0E0F10L), 3), 0x111, 0x222);

    private static final FrameWriter WRITER = new FrameWriter();

    private Frames() {}

    static Frame frameOf(Message message) {
        return WRITER.frameOf(ENVELOPE, message);
    }

    static byte[] bytesOf(Message message) {
        return bytesOf(frameOf(message));
    }

    static byte[] bytesOf(Frame frame) {
        ByteBuffer run = ByteBuffer.allocate((int) frame.length());
        run.put(frame.head().buffer()).put(frame.value().buffer());
        return run.array();
    }

    /** What a node gets to which these messages are sent together. */
    static byte[] bundleOf(List<Message> messages) {
        List<Frame> left = new ArrayList<>();
        BundleSink bundle = WRITER.bundle(ENVELOPE, left::add);
        messages.forEach(bundle::add);
        bundle.leave();
        return bytesOf(left.get(0));
    }

    /** The message of a frame with the usual envelope. */
    static Message messageOf(byte[] bytes) {
        return requireNonNull(messageOf(bytes, ENVELOPE), "a frame with another envelope");
    }

    /**
     * The messages that came as one frame, whoever sent them.
     *
     * @throws FrameException if one of them cannot be read
     */
    public static List<Message> messagesOf(ByteBuffer wire) {
        BundleSource source = new BundleSource(wire);
        ByteBuffer first = wire.get(0) == 0 ? wire.slice(5, wire.limit() - 5) : wire;
        UUID ring = new UUID(first.getLong(8), first.getLong(16));
        Envelope meant = new Envelope(new RingId(ring, first.getLong(24)), first.getShort(4), first.getShort(6));
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < source.count(); i++) {
            messages.add(requireNonNull(source.next(meant), "messages with two envelopes in one frame"));
        }
        return messages;
    }

    static @Nullable Message messageOf(byte[] bytes, Envelope meant) {
        return FrameSchema.read(new FrameSource(ByteBuffer.wrap(bytes)), meant);
    }
}
