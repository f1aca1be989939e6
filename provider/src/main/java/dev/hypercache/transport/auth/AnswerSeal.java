package dev.hypercache.transport.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Proves that the answer to a signed request comes from a holder of the key and belongs to that request: a MAC over the
 * request's nonce and the answer's body, for where there is no TLS that would prove it.
 */
public final class AnswerSeal {

    /** The field of the answer. */
    public static final String FIELD = "HC-Answer";

    private static final byte[] CONTEXT = "hc-answer-v1".getBytes(US_ASCII);
    private static final int NONCE_LENGTH = 22;

    private AnswerSeal() {}

    /**
     * Seals an answer.
     *
     * @param calls holds the keys
     * @param keyId the key that signed the request
     * @param nonce that of the request
     * @param body the whole body of the answer; left as it is
     * @return the value of {@value #FIELD}; null if the key is unknown or not valid now
     */
    public static @Nullable String of(SignedCalls calls, String keyId, Nonce nonce, ByteBuffer body) {
        String text = nonce.toString();
        if (text.length() != NONCE_LENGTH) {
            throw new IllegalStateException("A nonce of another length would let two answers run together.");
        }
        byte[] mac = calls.keys()
                .authenticator()
                .derive(
                        calls.clockMillis().getAsLong(),
                        keyId,
                        ByteBuffer.wrap(CONTEXT),
                        ByteBuffer.wrap(text.getBytes(US_ASCII)),
                        body.duplicate());
        return mac == null ? null : Base64.getEncoder().encodeToString(mac);
    }

    /**
     * Tells whether an answer is proven, in time that does not depend on where it differs.
     *
     * @param calls holds the keys
     * @param request what the request was signed with
     * @param body the whole body that came
     * @param field the value of {@value #FIELD} that came; null if none did
     * @return whether it fits
     */
    public static boolean fits(SignedCalls calls, SignatureFields request, ByteBuffer body, @Nullable String field) {
        String expected = of(calls, request.keyId(), request.nonce(), body);
        return expected != null
                && field != null
                && MessageDigest.isEqual(expected.getBytes(US_ASCII), field.getBytes(US_ASCII));
    }
}
