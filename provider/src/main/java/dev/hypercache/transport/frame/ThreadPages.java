package dev.hypercache.transport.frame;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Pages that a thread writes into again and again, so that not everything it writes takes new memory.
 *
 * <p>A page that was taken is gone until it is given back: who writes while the thread writes something else gets another
 * one. A thread keeps up to {@value #KEPT_MAX} of them. They are plain buffers that know of no node, so a thread that
 * outlives the node keeps no more than them. Thread-safe.
 */
final class ThreadPages {

    /** The bytes of a page: enough for a small record and the outcomes that led to it. */
    static final int PAGE_BYTES = 1024;

    /** 64 KiB. */
    static final int KEPT_MAX = 64;

    private final ThreadLocal<ArrayDeque<ByteBuffer>> kept = ThreadLocal.withInitial(ArrayDeque::new);

    /** An empty page, or a larger buffer if a page has no room for that many bytes. */
    ByteBuffer take(int bytes) {
        if (bytes > PAGE_BYTES) {
            return ByteBuffer.allocate(bytes);
        }
        ByteBuffer page = kept.get().pollLast();
        return page != null ? page.clear() : ByteBuffer.allocate(PAGE_BYTES);
    }

    /** Takes a page back that nobody reads any more; a larger buffer is left to the collector. */
    void give(ByteBuffer page) {
        ArrayDeque<ByteBuffer> mine = kept.get();
        if (page.capacity() == PAGE_BYTES && mine.size() < KEPT_MAX) {
            mine.addLast(page);
        }
    }
}
