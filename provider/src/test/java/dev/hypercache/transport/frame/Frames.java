package dev.hypercache.transport.frame;

import dev.hypercache.core.message.Message;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.transport.Frame;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Frames as runs of bytes, the way a receiver gets them. */
final class Frames {

    /** Who sends, wherever it does not matter. */
    static final Envelope ENVELOPE =
            new Envelope(new RingId(new UUID(0x0102030405060708L, 0x090A0B0C0D0E0F10L), 3), 0x111, 0x222);

    private Frames() {}

    static byte[] bytesOf(Message message) {
        return bytesOf(FrameSchema.frameOf(ENVELOPE, message));
    }

    static byte[] bytesOf(Frame frame) {
        ByteBuffer run = ByteBuffer.allocate((int) frame.length());
        run.put(frame.head().buffer()).put(frame.value().buffer());
        return run.array();
    }

    static Message messageOf(byte[] bytes) {
        return FrameSchema.messageOf(ByteBuffer.wrap(bytes));
    }
}
