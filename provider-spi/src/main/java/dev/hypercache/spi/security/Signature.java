package dev.hypercache.spi.security;

import java.security.MessageDigest;
import java.util.Objects;

/**
 * What proves that a message is authentic.
 *
 * @param keyId the id of the key that signed
 * @param bytes the signature's bytes; copied in and out
 */
public record Signature(String keyId, byte[] bytes) {

    /** Keeps a copy. */
    public Signature {
        Objects.requireNonNull(keyId, "keyId");
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Compares the bytes in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Signature signature
                && keyId.equals(signature.keyId)
                && MessageDigest.isEqual(bytes, signature.bytes);
    }

    @Override
    public int hashCode() {
        return keyId.hashCode();
    }

    /** Leaves the bytes out: with them a log line could be replayed. */
    @Override
    public String toString() {
        return "Signature[keyId=" + keyId + ", " + bytes.length + " bytes]";
    }
}
