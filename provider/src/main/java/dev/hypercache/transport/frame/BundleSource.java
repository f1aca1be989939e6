package dev.hypercache.transport.frame;

import dev.hypercache.core.message.Message;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Gives the messages that came as one frame (see {@link BundleSink}), in their order. For one thread. */
public final class BundleSource {

    private final ByteBuffer bytes;
    private final FrameSource in;
    private final boolean alone;
    private final int count;
    private int next;

    /**
     * Finds the messages; they are not read yet.
     *
     * @param frame its bytes from position to limit, left as they are; they have to stay until all messages are read, which
     *     then share nothing with them
     * @throws FrameException if it is a bundle and a length in it does not fit
     */
    public BundleSource(ByteBuffer frame) {
        bytes = frame.duplicate();
        in = new FrameSource(bytes);
        next = bytes.position();
        alone = !bytes.hasRemaining() || bytes.get(next) != BundleSink.MARK;
        next += alone ? 0 : Byte.BYTES;
        count = alone ? 1 : requireWhole();
    }

    /** Checks all lengths before anything is read: what is cut somewhere is refused as a whole. */
    private int requireWhole() {
        int frames = 0;
        int end = bytes.limit();
        for (int at = next; at < end; frames++) {
            int left = end - at - Integer.BYTES;
            int length = left < 0 ? -1 : bytes.getInt(at);
            if (length < 1 || length > left || bytes.get(at + Integer.BYTES) == BundleSink.MARK) {
                throw new FrameException("frame " + frames + " of a bundle has " + length + " bytes, and " + left
                        + " are left, or it is a bundle itself");
            }
            at += Integer.BYTES + length;
        }
        return frames;
    }

    /** Looks at a message without reading it. */
    @FunctionalInterface
    interface Look {

        /** Whether the message that has so many bytes from a position on is as it should be. */
        boolean at(ByteBuffer bytes, int from, int length);
    }

    /** Whether all messages look as they should; they stay to be read. */
    boolean hasOnly(Look look) {
        if (alone) {
            return look.at(bytes, next, bytes.limit() - next);
        }
        int at = next;
        for (int left = count; left > 0; left--) {
            int length = bytes.getInt(at);
            if (!look.at(bytes, at + Integer.BYTES, length)) {
                return false;
            }
            at += Integer.BYTES + length;
        }
        return true;
    }

    /** How many messages came. */
    public int count() {
        return count;
    }

    /**
     * Reads the next message if it is meant so. Whatever comes of it, the one behind it is the next then.
     *
     * @param meant who has to have sent it to whom
     * @return null if it says otherwise; then nothing more of it was read
     * @throws FrameException if it is not exactly one message
     */
    public @Nullable Message next(Envelope meant) {
        int at = alone ? next : next + Integer.BYTES;
        int length = alone ? bytes.limit() - next : bytes.getInt(next);
        next = at + length;
        in.begin(at, length);
        return FrameSchema.read(in, meant);
    }
}
