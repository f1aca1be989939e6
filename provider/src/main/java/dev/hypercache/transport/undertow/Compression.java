package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.Frame;
import dev.hypercache.transport.undertow.wire.LzBlock;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Compresses what is long enough, and counts what that saves. Safe for use by any threads.
 *
 * @param lz4 compresses
 * @param bytesMin from how many bytes on
 * @param counters of the transport
 */
record Compression(LzBlock lz4, int bytesMin, Counters counters) {

    /** The library is optional: null if {@code at.yawk.lz4:lz4-java} is not on the class path. */
    static @Nullable LzBlock find() {
        try {
            return new LzBlock();
        } catch (NoClassDefFoundError absent) {
            return null;
        }
    }

    /** The message as a block; null if it stays as it is, since it is short or would not become shorter. */
    @Nullable
    ByteBuffer compress(Frame message) {
        ByteBuffer block = message.length() < bytesMin ? null : lz4.compress(message);
        if (block != null) {
            counters.compressed(message.length() - block.remaining());
        }
        return block;
    }
}
