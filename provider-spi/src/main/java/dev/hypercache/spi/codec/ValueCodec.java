package dev.hypercache.spi.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Turns values of some classes into bytes and back.
 *
 * <p>A plug-in names its implementation in {@code META-INF/services/dev.hypercache.spi.codec.ValueCodec} and gives it a
 * public constructor without parameters. The registry asks it for values that have no built-in encoding, before the
 * configured default codec, in the order of ids. Every encoded value starts with a header of two bytes, the codec's
 * {@link #id()} and {@link #version()}; the codec sees only what follows.
 *
 * <p>Implementations are immutable and safe for use by many threads, hold no application class or class loader, and
 * check every declared length against the remaining bytes before they allocate.
 */
public interface ValueCodec {
    /** Ids below this one are reserved for codecs that HyperCache ships. */
    int RESERVED_IDS_BELOW = 64;

    /** The largest id and the largest version: each is one unsigned byte of the header. */
    int ID_MAX = 255;

    /**
     * The number that marks this codec's bytes for ever, {@value #RESERVED_IDS_BELOW} to {@value #ID_MAX} for plug-ins.
     * Must be unique among the codecs of an application and the same on all its nodes.
     */
    int id();

    /** A short name for messages and metrics, for example {@code fory}. */
    String name();

    /** The version of the layout that {@link #encode} writes, 0 to {@value #ID_MAX}. */
    int version();

    /** Whether {@link #encode} takes instances of exactly this class. */
    boolean canEncode(Class<?> type);

    /**
     * Writes a value. The stream is memory and need not be flushed or closed.
     *
     * @param value never null
     * @throws EncodingException or {@link IOException} if the value cannot be written
     */
    void encode(Object value, OutputStream out, CodecContext context) throws IOException;

    /**
     * Reads a value back. Bytes may be hostile or of another version: memory must stay in proportion to the input, and a
     * failure must be an exception, never an error such as {@link OutOfMemoryError}. The registry turns every exception
     * into a {@link DecodingException}.
     *
     * @param version the version from the header, possibly older or newer than {@link #version()}
     * @param payload the bytes after the header, big-endian, position 0 to limit
     * @return a value equal to the encoded one and independent of it
     */
    Object decode(int version, ByteBuffer payload, CodecContext context) throws IOException;
}
