package dev.hypercache.transport.auth;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What makes each signature another one: 16 random bytes, written as 22 characters of Base64 with the alphabet of URLs and
 * without padding (RFC 4648 §5).
 *
 * @param high the first 8 bytes, big-endian
 * @param low the last 8
 */
public record Nonce(long high, long low) {

    static final int BYTES = 2 * Long.BYTES;

    /** The last character encodes 2 bits and no more, so that a nonce is written in one way. */
    static final String FORM = "[A-Za-z0-9_-]{21}[AQgw]";

    private static final Pattern TEXT = Pattern.compile(FORM);
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    /**
     * Makes a new one.
     *
     * @param random unpredictable, and not to be started alike twice
     * @return the nonce
     */
    static Nonce next(RandomGenerator random) {
        return new Nonce(random.nextLong(), random.nextLong());
    }

    /**
     * Reads a nonce as it travels.
     *
     * @param text what to read
     * @return the nonce; null if the text has another form
     */
    static @Nullable Nonce parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(DECODER.decode(text));
        return new Nonce(bytes.getLong(), bytes.getLong());
    }

    /** The form in which it travels. */
    @Override
    public String toString() {
        return ENCODER.encodeToString(
                ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array());
    }
}
