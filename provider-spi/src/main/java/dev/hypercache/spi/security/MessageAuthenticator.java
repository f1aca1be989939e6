package dev.hypercache.spi.security;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Signs messages and verifies signatures with shared keys.
 *
 * <p>A message may be given in parts; they are signed as one run of bytes, so whoever cuts a message makes sure that no two
 * messages run together alike. Buffers are read from position to limit and left as they are.
 *
 * <p>Methods may be called by any thread and do not wait.
 */
public interface MessageAuthenticator {

    /**
     * Signs a message with the key in use.
     *
     * @param nowMillis the present, in milliseconds since 1970-01-01T00:00Z
     * @param message the message's parts
     * @return the signature
     * @throws IllegalStateException if no key is in use, or the one in use is not valid now
     */
    Signature sign(long nowMillis, ByteBuffer... message);

    /**
     * Verifies a signature. Takes as long for an unknown key as for a wrong signature (SECURITY R14).
     *
     * @param nowMillis the present, in milliseconds since 1970-01-01T00:00Z
     * @param signature what came with the message
     * @param message the message's parts
     * @return whether the message is authentic and with which role; else the reason, for the audit log alone
     */
    Verdict verify(long nowMillis, Signature signature, ByteBuffer... message);

    /**
     * Derives a key for one connection from an installed one, so that what both ends say is bound to that connection (SECURITY
     * §3.1). The context begins with a word that no signed message begins with.
     *
     * @param nowMillis the present, in milliseconds since 1970-01-01T00:00Z
     * @param keyId the installed key
     * @param context what both ends know of the connection
     * @return 32 bytes, the caller's to zero; null if the key is unknown or not valid now
     */
    byte @Nullable [] derive(long nowMillis, String keyId, ByteBuffer... context);

    /**
     * Returns the keys behind this authenticator. Changes to them count from the next call on.
     *
     * @return the live set
     */
    SigningKeys keys();
}
