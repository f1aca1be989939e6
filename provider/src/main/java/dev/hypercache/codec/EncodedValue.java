package dev.hypercache.codec;

import java.util.Arrays;

/** A held value that is bytes, codec header included: equal when the bytes are equal. Immutable. */
public final class EncodedValue {
    private final byte[] bytes;

    EncodedValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The number of bytes, header included. */
    public int length() {
        return bytes.length;
    }

    /** The bytes themselves, not a copy: whoever asks must not change them. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedValue && Arrays.equals(bytes, ((EncodedValue) other).bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "EncodedValue[" + bytes.length + " bytes]";
    }
}
