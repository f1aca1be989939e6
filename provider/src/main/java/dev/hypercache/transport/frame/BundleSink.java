package dev.hypercache.transport.frame;

import dev.hypercache.core.message.Message;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gathers messages to one node that leave as one frame, so that an operation on many keys costs a node one frame and not
 * one for each key.
 *
 * <p>A bundle is a byte 0, which is no version of the layout, then for each message the length of its frame in 4 bytes and
 * the frame. It holds no bundle, for no frame begins with a 0. A message alone leaves as its frame.
 *
 * <p>For one thread: what is gathered stands in its pages until it leaves.
 */
public final class BundleSink {

    /** The most bytes in a bundle; a message that takes more leaves alone. */
    public static final int BYTES_MAX = 1 << 20;

    /** What a bundle begins with. */
    static final int MARK = 0;

    private final Envelope envelope;
    private final ThreadPages pages;
    private final Consumer<Frame> link;
    private final ByteBuffer fields;
    private final FrameSink out;
    /** What was gathered before the current page: pages, and large values that are not copied before they leave. */
    private final List<ByteBuffer> parts = new ArrayList<>();

    private ByteBuffer page;
    /** The large value at the end of the last message. */
    private Payload tail = Payload.EMPTY;

    private int count;
    private int bytes = Byte.BYTES;

    BundleSink(Envelope envelope, ThreadPages pages, Consumer<Frame> link) {
        this.envelope = envelope;
        this.pages = pages;
        this.link = link;
        this.fields = pages.take(0);
        this.out = new FrameSink(fields);
        this.page = pages.take(0);
    }

    /**
     * Writes a message behind the others; if there is no room for it, they leave before.
     *
     * @return the length of its frame
     * @throws IllegalArgumentException if it cannot be written, as {@link FrameWriter#frameOf} says; then nothing happened
     */
    public int add(Message message) {
        FrameSchema.write(envelope, message, out);
        int more = Integer.BYTES + out.length();
        if (bytes + more > BYTES_MAX) {
            flush();
        }
        count++;
        bytes += more;
        makeRoom(Integer.BYTES + out.headLength());
        out.writeHead(page.putInt(out.length()));
        tail = out.tail();
        if (tail.length() > 0) {
            endPage(0);
            parts.add(tail.buffer());
        }
        return out.length();
    }

    private void makeRoom(int wanted) {
        if (page.remaining() < wanted) {
            endPage(wanted);
        }
    }

    private void endPage(int wantedOfNext) {
        if (page.position() > 0) {
            parts.add(page.flip());
        } else {
            pages.give(page);
        }
        page = pages.take(wantedOfNext);
    }

    /** Lets all leave that has not left yet; nothing is added any more. */
    public void leave() {
        flush();
        pages.give(fields);
        pages.give(page);
    }

    private void flush() {
        if (count > 0) {
            endPage(0);
            Frame frame = count == 1 ? frameAlone() : bundle();
            parts.forEach(pages::give);
            parts.clear();
            count = 0;
            bytes = Byte.BYTES;
            link.accept(frame);
        }
    }

    private Frame frameAlone() {
        ByteBuffer written = parts.get(0).position(Integer.BYTES);
        return new Frame(
                new Payload(
                        ByteBuffer.allocate(written.remaining()).put(written).flip()),
                tail);
    }

    private Frame bundle() {
        ByteBuffer all = ByteBuffer.allocate(bytes).put((byte) MARK);
        parts.forEach(all::put);
        return Frame.of(new Payload(all.flip()));
    }
}
