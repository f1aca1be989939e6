package dev.hypercache.transport.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a body that comes in parts, as the field {@code Content-Digest} has it (RFC 9530 §2).
 *
 * <p>For one thread at a time.
 */
public final class BodyDigest {

    private final MessageDigest digest;
    private @Nullable String field;

    /** Makes the digest of an empty body. */
    public BodyDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "This Java runtime offers no SHA-256, which every Java platform must."
                            + " Enable a security provider that does.",
                    e);
        }
    }

    /**
     * Makes the digest of a body that is there.
     *
     * @param body its parts; read from position to limit and left as they are
     * @return the digest
     */
    public static BodyDigest of(ByteBuffer... body) {
        BodyDigest digest = new BodyDigest();
        for (ByteBuffer part : body) {
            digest.update(part);
        }
        return digest;
    }

    /**
     * Adds the next part of the body.
     *
     * @param part read from position to limit and left as it is
     * @throws IllegalStateException if the digest was asked for already
     */
    public void update(ByteBuffer part) {
        if (field != null) {
            throw new IllegalStateException(
                    "The body goes on behind its end: its digest was told already. Ask for the digest last.");
        }
        digest.update(part.duplicate());
    }

    /**
     * Ends the body and tells its digest.
     *
     * @return the value of {@code Content-Digest}, such as {@code sha-256=:...:}
     */
    public String toField() {
        String known = field;
        if (known == null) {
            known = "sha-256=:" + Base64.getEncoder().encodeToString(digest.digest()) + ":";
            field = known;
        }
        return known;
    }

    /**
     * Ends the body and compares, in time that does not depend on where the two differ.
     *
     * @param contentDigest the value of a field {@code Content-Digest}
     * @return whether it is this body's
     */
    public boolean matches(String contentDigest) {
        return MessageDigest.isEqual(toField().getBytes(US_ASCII), contentDigest.getBytes(US_ASCII));
    }
}
