package dev.hypercache.transport.local;

import dev.hypercache.spi.transport.Frame;
import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of frames one way has under way, and how many it may. Safe for use by any threads. */
final class BytesUnderWay {

    /** What a frame costs beside its bytes, so that empty frames are bounded too. */
    private static final int HEADER_BYTES = 16;

    private final long max;
    private final AtomicLong bytes = new AtomicLong();

    BytesUnderWay(long max) {
        this.max = max;
    }

    /** A frame is about to be sent: false if there is no room for it. One frame may always be sent, however large. */
    boolean reserve(Frame frame) {
        long cost = frame.length() + HEADER_BYTES;
        long all = bytes.addAndGet(cost);
        if (all > max && all != cost) {
            bytes.addAndGet(-cost);
            return false;
        }
        return true;
    }

    /** The receiver has taken a frame of so many bytes. */
    void taken(int length) {
        bytes.addAndGet(-(long) length - HEADER_BYTES);
    }

    boolean isEmpty() {
        return bytes.get() <= 0;
    }
}
