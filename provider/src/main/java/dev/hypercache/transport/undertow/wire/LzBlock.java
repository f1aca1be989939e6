package dev.hypercache.transport.undertow.wire;

import dev.hypercache.spi.transport.Frame;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.jspecify.annotations.Nullable;

/**
 * A compressed message: {@code u32} bytes before compression, then an LZ4 block.
 *
 * <p>Pure Java, no native code. Made only if the library is on the class path, since it is optional. Safe for use by any
 * threads.
 */
public final class LzBlock {

    /** No block becomes longer by more than this: checked before room is made for the message. */
    private static final int RATIO_MAX = 255;

    private final LZ4Compressor compressor;
    private final LZ4SafeDecompressor decompressor;

    /**
     * Makes one.
     *
     * @throws NoClassDefFoundError if {@code at.yawk.lz4:lz4-java} is not on the class path
     */
    public LzBlock() {
        LZ4Factory factory = LZ4Factory.safeInstance();
        compressor = factory.fastCompressor();
        decompressor = factory.safeDecompressor();
    }

    /**
     * Compresses a message.
     *
     * @param message its parts
     * @return the block, or null if it would not be smaller
     */
    public @Nullable ByteBuffer compress(Frame message) {
        int length = (int) message.length();
        byte[] plain = new byte[length];
        ByteBuffer.wrap(plain).put(message.head().buffer()).put(message.value().buffer());
        byte[] block = new byte[Integer.BYTES + compressor.maxCompressedLength(length)];
        int bytes = Integer.BYTES + compressor.compress(plain, 0, length, block, Integer.BYTES);
        return bytes < length ? ByteBuffer.wrap(block, 0, bytes).putInt(0, length) : null;
    }

    /**
     * Restores a message.
     *
     * @param block what {@link #compress} made
     * @param messageBytesMax the largest message to accept
     * @return the message
     * @throws MuxException if it is larger or the block is broken
     */
    public ByteBuffer decompress(ByteBuffer block, int messageBytesMax) throws MuxException {
        int length = block.remaining() < Integer.BYTES ? -1 : block.getInt();
        if (length < 1 || length > messageBytesMax || length > (long) RATIO_MAX * block.remaining()) {
            throw new MuxException("a compressed message of " + Integer.toUnsignedLong(length) + " bytes in "
                    + block.remaining() + ": it ranges from 1 to " + messageBytesMax);
        }
        byte[] packed = new byte[block.remaining()];
        block.get(packed);
        byte[] plain = new byte[length];
        try {
            if (decompressor.decompress(packed, 0, packed.length, plain, 0, length) == length) {
                return ByteBuffer.wrap(plain);
            }
        } catch (LZ4Exception broken) {
            throw new MuxException("a compressed message that is broken");
        }
        throw new MuxException("a compressed message that is not as long as it says");
    }
}
