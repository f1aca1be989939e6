package dev.hypercache.transport.frame;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.transport.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Several frames to one node as one, so that an operation on many keys costs a node one frame and not one for each key.
 *
 * <p>A byte 0, which is no version of the layout, then for each frame its length in 4 bytes and its bytes. A bundle holds
 * no bundle, for none of its frames begins with a 0.
 */
public final class FrameBundle {

    private static final int MARK = 0;

    private FrameBundle() {}

    /** How many bytes a bundle needs for a frame of this length. */
    public static long bytesFor(long frameLength) {
        return Integer.BYTES + frameLength;
    }

    /**
     * One frame of several; their bytes are copied.
     *
     * @param frames at least one
     */
    public static Frame of(List<Frame> frames) {
        if (frames.size() == 1) {
            return frames.get(0);
        }
        long length = Byte.BYTES;
        for (Frame frame : frames) {
            length += bytesFor(frame.length());
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length)).put((byte) MARK);
        for (Frame frame : frames) {
            bytes.putInt((int) frame.length());
            bytes.put(frame.head().buffer()).put(frame.value().buffer());
        }
        return Frame.of(new Payload(bytes.flip()));
    }

    /**
     * The frames that came as one, in their order; views of the bytes that are valid as long as those.
     *
     * @param frame its bytes from position to limit, left as they are
     * @throws FrameException if a length does not fit
     */
    public static List<ByteBuffer> framesOf(ByteBuffer frame) {
        if (!frame.hasRemaining() || frame.get(frame.position()) != MARK) {
            return List.of(frame);
        }
        ByteBuffer in = frame.duplicate();
        in.get();
        List<ByteBuffer> frames = new ArrayList<>();
        while (in.hasRemaining()) {
            int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
            if (length < 1 || length > in.remaining() || in.get(in.position()) == MARK) {
                throw new FrameException("frame " + frames.size() + " of a bundle has " + length + " bytes, and "
                        + in.remaining() + " are left, or it is a bundle itself");
            }
            frames.add(in.slice(in.position(), length));
            in.position(in.position() + length);
        }
        return frames;
    }
}
