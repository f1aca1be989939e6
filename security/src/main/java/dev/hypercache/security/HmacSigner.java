package dev.hypercache.security;

import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.Signature;
import dev.hypercache.spi.security.SigningKeys;
import dev.hypercache.spi.security.Verdict;
import dev.hypercache.spi.security.Verdict.Authentic;
import dev.hypercache.spi.security.Verdict.Reason;
import dev.hypercache.spi.security.Verdict.Rejected;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Objects;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies with HMAC-SHA256 (RFC 2104, RFC 4231; {@code hmac-sha256} of RFC 9421 §3.3.3).
 *
 * <p>A verdict takes the same work whether or not the key is known: an unknown id is measured against a mould of no secret
 * and rejected afterwards (SECURITY R14). Signatures compare in constant time. The signature is judged before the key's
 * dates, so that only who holds a key learns anything of its dates from a log.
 */
public final class HmacSigner implements MessageAuthenticator {

    private final HmacKeys keys;
    private final Mac strangersMould;

    /**
     * Makes a signer.
     *
     * @param keys the keys to sign and verify with; live
     */
    public HmacSigner(HmacKeys keys) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.strangersMould = HmacKey.mouldOf(new byte[HmacKey.MAC_BYTES]);
    }

    @Override
    public Signature sign(long nowMillis, ByteBuffer... message) {
        HmacKey hmac = keys.signing();
        if (hmac == null) {
            throw new IllegalStateException(
                    "No key signs: nothing can be sent that peers would believe. Install a key and use it.");
        }
        if (!hmac.key().isValidAt(nowMillis)) {
            throw new IllegalStateException(
                    "Key \"" + hmac.key().id()
                            + "\" signs but is not valid now, so peers would reject what it signs. Use a valid key, or set the clock.");
        }
        return new Signature(hmac.key().id(), hmac.macOf(message));
    }

    @Override
    public Verdict verify(long nowMillis, Signature signature, ByteBuffer... message) {
        HmacKey hmac = keys.find(signature.keyId());
        byte[] expected = HmacKey.macOf(hmac == null ? strangersMould : hmac.mould(), message);
        boolean fits = MessageDigest.isEqual(expected, signature.bytes());
        if (hmac == null) {
            return new Rejected(Reason.UNKNOWN_KEY);
        }
        if (!fits) {
            return new Rejected(Reason.WRONG_SIGNATURE);
        }
        if (!hmac.key().isValidAt(nowMillis)) {
            boolean early = nowMillis < hmac.key().notBeforeMillis();
            return new Rejected(early ? Reason.KEY_NOT_YET_VALID : Reason.KEY_EXPIRED);
        }
        return new Authentic(hmac.key().id(), hmac.key().role());
    }

    @Override
    public byte @Nullable [] derive(long nowMillis, String keyId, ByteBuffer... context) {
        HmacKey hmac = keys.find(keyId);
        return hmac == null || !hmac.key().isValidAt(nowMillis) ? null : hmac.macOf(context);
    }

    @Override
    public SigningKeys keys() {
        return keys;
    }
}
