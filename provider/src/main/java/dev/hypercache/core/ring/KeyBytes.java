package dev.hypercache.core.ring;

import static java.util.Objects.requireNonNull;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A key on a ring: its canonical bytes within one cache, and where they place it.
 *
 * <p>The hash is XXH3-64 with seed 0 over the cache's id, 4 bytes big-endian, and the key's bytes. It places the key on
 * every node and in every version of the protocol, so it never changes; a test holds golden values. Keys of two caches
 * are never equal. The cache's id is kept in front of the bytes because both are hashed and compared as one run.
 *
 * <p>Immutable.
 */
public final class KeyBytes implements KeyHash {

    /** The most bytes in a key: 32 KiB. */
    public static final int LENGTH_MAX = 32 * 1024;

    private static final int CACHE_BYTES = Integer.BYTES;
    private static final Hasher64 XXH3 = Hashing.xxh3_64();

    private final byte[] run;
    private final long hash;

    private KeyBytes(byte[] run) {
        this.run = run;
        this.hash = XXH3.hashBytesToLong(run);
    }

    /**
     * A key from its bytes, which are copied.
     *
     * @param cache the cache's id
     * @throws IllegalArgumentException if there are more than {@link #LENGTH_MAX} bytes
     */
    public static KeyBytes of(int cache, byte[] bytes) {
        requireNonNull(bytes, "bytes");
        return read(cache, ByteBuffer.wrap(bytes), bytes.length);
    }

    /** How many bytes a key takes on a ring, without its cache; 0 for one that is not encoded. */
    public static int lengthOf(Object key) {
        return key instanceof KeyBytes bytes ? bytes.length() : 0;
    }

    /**
     * A key from the next {@code length} bytes of a buffer, which are copied; the buffer moves on.
     *
     * @param cache the cache's id
     * @throws IllegalArgumentException if {@code length} is more than {@link #LENGTH_MAX} or than the buffer has
     */
    public static KeyBytes read(int cache, ByteBuffer in, int length) {
        if (length < 0 || length > LENGTH_MAX || length > in.remaining()) {
            throw new IllegalArgumentException("a key of " + length + " bytes; a key has at most " + LENGTH_MAX
                    + ", and the buffer has " + in.remaining() + " left");
        }
        byte[] run = new byte[CACHE_BYTES + length];
        ByteBuffer.wrap(run).putInt(cache);
        in.get(run, CACHE_BYTES, length);
        return new KeyBytes(run);
    }

    /** The id of the key's cache. */
    public int cache() {
        return ByteBuffer.wrap(run).getInt();
    }

    /** The number of the key's bytes. */
    public int length() {
        return run.length - CACHE_BYTES;
    }

    /** A copy of the key's bytes. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(run, CACHE_BYTES, run.length);
    }

    /** Puts the key's bytes into a buffer that has room for them. */
    public void writeTo(ByteBuffer out) {
        out.put(run, CACHE_BYTES, length());
    }

    @Override
    public long hash64() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyBytes
                && hash == ((KeyBytes) other).hash
                && Arrays.equals(run, ((KeyBytes) other).run);
    }

    /** The low bits of the hash: the high ones are the same for all keys of a slot. */
    @Override
    public int hashCode() {
        return (int) hash;
    }

    /** Tells cache, length and hash alone: the bytes are user data. */
    @Override
    public String toString() {
        return "KeyBytes[cache " + cache() + ", " + length() + " bytes, hash " + Long.toHexString(hash) + "]";
    }
}
