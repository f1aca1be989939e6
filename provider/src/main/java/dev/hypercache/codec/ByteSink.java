package dev.hypercache.codec;

import dev.hypercache.spi.codec.EncodingException;
import java.io.OutputStream;
import java.util.Arrays;

/** A growing byte array with a limit. Not for several threads. */
final class ByteSink extends OutputStream {
    private final long bytesMax;
    private byte[] bytes = new byte[256];
    private int size;

    ByteSink(long bytesMax) {
        this.bytesMax = Math.min(bytesMax, Integer.MAX_VALUE - 8);
    }

    @Override
    public void write(int b) {
        reserve(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    void writeInt(int value) {
        reserve(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void writeLong(long value) {
        writeInt((int) (value >>> 32));
        writeInt((int) value);
    }

    /** An empty sink with the same limit. */
    ByteSink sibling() {
        return new ByteSink(bytesMax);
    }

    int size() {
        return size;
    }

    byte[] toByteArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        long needed = (long) size + more;
        if (needed > bytesMax) {
            throw new EncodingException("The encoded value is larger than the limit of " + bytesMax
                    + " bytes. Store smaller values, or by reference.");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(bytesMax, Math.max(needed, bytes.length * 2L)));
        }
    }
}
