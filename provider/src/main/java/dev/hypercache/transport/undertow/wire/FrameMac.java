package dev.hypercache.transport.undertow.wire;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * What makes the frames of one direction of one connection authentic: behind the body stand a counter of 8 bytes, which begins
 * at 0 and grows by 1, and the first 16 bytes of an HMAC-SHA256 (RFC 2104 §5) over header, body and counter. The frame's length
 * counts both, its flags say so.
 *
 * <p>The key is that of one direction of one connection, so a frame of another connection, or of the other direction, never
 * fits; the counter keeps frames from being repeated, left out or exchanged. Nothing is hidden.
 *
 * <p>One end seals, the other one opens; an instance does one of the two. For one thread at a time. A frame costs no memory
 * beyond what {@link Mac} takes.
 */
public final class FrameMac {

    /** Bytes behind the body: counter and MAC. */
    public static final int BYTES = 24;

    private static final int MAC_BYTES = BYTES - Long.BYTES;
    private static final int DIGEST_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;
    private final byte[] digest = new byte[DIGEST_BYTES];
    private final byte[] expected = new byte[MAC_BYTES];
    private final byte[] came = new byte[MAC_BYTES];
    private long counter;

    private FrameMac(Mac mac) {
        this.mac = mac;
    }

    /**
     * Begins a direction.
     *
     * @param key its key, 32 bytes; zeroed
     * @return what seals or opens its frames
     */
    public static FrameMac of(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return new FrameMac(mac);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(
                    "This Java runtime offers no HmacSHA256, which every Java platform must."
                            + " Enable a security provider that does.",
                    e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * Puts counter and MAC behind the next frame of this direction, and sees that its header tells.
     *
     * @param buffer the frame lies from {@code from} to the position; behind it there is room for {@link #BYTES}
     * @param from where its header begins
     */
    public void seal(ByteBuffer buffer, int from) {
        int length = buffer.position() - from - Integer.BYTES + BYTES;
        buffer.putInt(from, length);
        buffer.put(from + MuxHeader.FLAGS_AT, (byte) (MuxHeader.flags(buffer, from) | MuxHeader.MAC));
        buffer.putLong(counter++);
        int limit = buffer.limit();
        digest(buffer, from, buffer.position());
        buffer.limit(limit);
        buffer.put(digest, 0, MAC_BYTES);
    }

    /**
     * Checks that a frame is the next one of this direction, and cuts off its counter and MAC. Who breaks this rule once has lost
     * the connection: nothing may be opened afterwards.
     *
     * @param frame a whole frame lies from {@code from} to the limit; the position is that of its body and stays
     * @param from where its header begins
     * @throws MuxException if it has no MAC, or a wrong one, or is not the next one
     */
    public void open(ByteBuffer frame, int from) throws MuxException {
        int body = frame.position();
        int counterAt = frame.limit() - BYTES;
        if ((MuxHeader.flags(frame, from) & MuxHeader.MAC) == 0 || counterAt < body) {
            throw new MuxException("a frame without a MAC on a connection that has keys");
        }
        frame.get(counterAt + Long.BYTES, came);
        digest(frame, from, counterAt + Long.BYTES);
        System.arraycopy(digest, 0, expected, 0, MAC_BYTES);
        if (!MessageDigest.isEqual(expected, came)) {
            throw new MuxException("a frame with a wrong MAC");
        }
        if (frame.getLong(counterAt) != counter) {
            throw new MuxException("a frame with counter " + Long.toUnsignedString(frame.getLong(counterAt)) + " where "
                    + counter + " was due");
        }
        counter++;
        frame.limit(counterAt).position(body);
    }

    /** Leaves the position at {@code to}, and the limit, too. */
    private void digest(ByteBuffer buffer, int from, int to) {
        mac.update(buffer.limit(to).position(from));
        try {
            mac.doFinal(digest, 0);
        } catch (ShortBufferException impossible) {
            throw new IllegalStateException(
                    "The HmacSHA256 of the security provider " + mac.getProvider()
                            + " has more than 32 bytes. Put SunJCE before it.",
                    impossible);
        }
    }
}
