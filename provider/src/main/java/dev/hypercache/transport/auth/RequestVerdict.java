package dev.hypercache.transport.auth;

import dev.hypercache.spi.security.Role;
import org.jspecify.annotations.Nullable;

/** What came of verifying a request. */
public sealed interface RequestVerdict {

    /**
     * The request is authentic, as far as it was looked at.
     *
     * @param keyId the key that signed it
     * @param role what that key may ask for
     * @param nonce what no other request has
     * @param createdMillis when it was signed, in milliseconds since 1970-01-01T00:00Z, a whole second
     * @param contentDigest the value of {@code Content-Digest} that its body must have
     */
    record Accepted(String keyId, Role role, Nonce nonce, long createdMillis, String contentDigest)
            implements RequestVerdict {}

    /**
     * The request must not be believed.
     *
     * @param reason why, for the audit log and metrics
     * @param keyId the key that it names, of harmless characters but not proven; null if it names none in due form
     */
    record Refused(RefusalReason reason, @Nullable String keyId) implements RequestVerdict {}
}
