package dev.hypercache.security;

import dev.hypercache.spi.security.SigningKey;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key made ready for HMAC-SHA256 (RFC 2104).
 *
 * <p>The ready {@link Mac} is a mould: it is never fed, only cloned, which spares each message the look-up of the algorithm
 * and the hashing of the key, and lets many threads work at once.
 *
 * @param key the key
 * @param mould the mould
 */
record HmacKey(SigningKey key, Mac mould) {

    static final int MAC_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    static HmacKey of(SigningKey key) {
        return new HmacKey(key, key.secret().use(HmacKey::mouldOf));
    }

    static Mac mouldOf(byte[] secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(
                    "This Java runtime offers no HmacSHA256, which every Java platform must."
                            + " Enable a security provider that does.",
                    e);
        }
    }

    byte[] macOf(ByteBuffer... message) {
        return macOf(mould, message);
    }

    static byte[] macOf(Mac mould, ByteBuffer... message) {
        try {
            Mac mac = (Mac) mould.clone();
            for (ByteBuffer part : message) {
                mac.update(part.duplicate());
            }
            return mac.doFinal();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(
                    "The HmacSHA256 of the security provider " + mould.getProvider()
                            + " cannot be cloned. Put SunJCE before it.",
                    e);
        }
    }
}
