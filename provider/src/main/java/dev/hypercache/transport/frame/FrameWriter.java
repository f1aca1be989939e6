package dev.hypercache.transport.frame;

import dev.hypercache.core.message.Message;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.Frame;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Writes the messages of a node as frames. Thread-safe. */
public final class FrameWriter {

    private final ThreadPages pages = new ThreadPages();

    /**
     * Writes a message.
     *
     * @return its frame; a large value in it is not copied
     * @throws IllegalArgumentException if a key or value in the message is not of a ring, if a list is longer than its bound,
     *     or if the frame would be longer than any transport takes
     */
    public Frame frameOf(Envelope envelope, Message message) {
        ByteBuffer page = pages.take(0);
        try {
            FrameSink out = new FrameSink(page);
            FrameSchema.write(envelope, message, out);
            ByteBuffer head = ByteBuffer.allocate(out.headLength());
            out.writeHead(head);
            return new Frame(new Payload(head.flip()), out.tail());
        } finally {
            pages.give(page);
        }
    }

    /**
     * Begins to gather messages to one node.
     *
     * @param link takes the frames in which they leave
     */
    public BundleSink bundle(Envelope envelope, Consumer<Frame> link) {
        return new BundleSink(envelope, pages, link);
    }
}
