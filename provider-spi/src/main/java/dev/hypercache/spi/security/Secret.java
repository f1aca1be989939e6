package dev.hypercache.spi.security;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/**
 * Bytes that must not be seen: a key or a password (SECURITY R11).
 *
 * <p>Never prints, never serializes, compares in time that does not depend on the bytes, and can be zeroed. What it cannot
 * do is reach copies made by others, such as the ones inside a {@code javax.crypto.SecretKey}.
 *
 * <p>Safe for use by several threads.
 */
public final class Secret {

    private final byte[] bytes;
    private boolean destroyed;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Keeps a copy of some bytes.
     *
     * @param bytes the secret, at least 1 byte; the caller zeroes its own array when done
     * @return the secret
     * @throws IllegalArgumentException if there are no bytes
     */
    public static Secret copyOf(byte[] bytes) {
        if (Objects.requireNonNull(bytes, "bytes").length == 0) {
            throw new IllegalArgumentException("A secret has at least 1 byte, this one is empty. Provide its bytes.");
        }
        return new Secret(bytes.clone());
    }

    /**
     * Returns the number of bytes, also after {@link #destroy}.
     *
     * @return 1 or more
     */
    public int length() {
        return bytes.length;
    }

    /**
     * Lends the bytes for the time of one call, as a copy that is zeroed afterwards.
     *
     * @param use what to do with them; it must not keep the array
     * @param <T> what comes of it
     * @return what came of it
     * @throws IllegalStateException if the secret was destroyed
     */
    public <T> T use(Function<byte[], T> use) {
        byte[] lent;
        synchronized (this) {
            if (destroyed) {
                throw new IllegalStateException("The secret was destroyed. Read it again from its source.");
            }
            lent = bytes.clone();
        }
        try {
            return use.apply(lent);
        } finally {
            Arrays.fill(lent, (byte) 0);
        }
    }

    /** Zeroes the bytes. Does nothing the second time. */
    public synchronized void destroy() {
        destroyed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    /**
     * Tells whether {@link #destroy} was called.
     *
     * @return true once it was
     */
    public synchronized boolean isDestroyed() {
        return destroyed;
    }

    /** Compares the bytes in constant time; a destroyed secret equals nothing but itself. */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Secret secret) || isDestroyed() || secret.isDestroyed()) {
            return false;
        }
        return use(mine -> secret.use(theirs -> MessageDigest.isEqual(mine, theirs)));
    }

    /** Depends on the length alone, so that it says nothing of the bytes. */
    @Override
    public int hashCode() {
        return Integer.hashCode(bytes.length);
    }

    /** Says nothing. */
    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
