package dev.hypercache.security;

import dev.hypercache.spi.security.BearerTokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that are known by their SHA-256 alone, so that whoever reads the file or the memory cannot use them.
 *
 * <p>A look-up hashes what was presented and compares the digest with all known ones in constant time, without an early end
 * (SECURITY R14). At most {@value #TOKEN_CHARACTERS_MAX} characters are looked at; what is longer is unknown after the same work.
 */
final class DigestTokens implements BearerTokens {

    static final int DIGEST_BYTES = 32;

    /** The longest token; one of {@link NewToken} has 43 characters. */
    static final int TOKEN_CHARACTERS_MAX = 1_024;

    private final List<TokenDigest> tokens;

    DigestTokens(List<TokenDigest> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    @Override
    public @Nullable Grant find(String token, long nowMillis) {
        int length = Objects.requireNonNull(token, "token").length();
        byte[] digest = digestOf(token.substring(0, Math.min(length, TOKEN_CHARACTERS_MAX)));
        TokenDigest found = null;
        for (TokenDigest known : tokens) {
            if (MessageDigest.isEqual(known.digest(), digest)) {
                found = known;
            }
        }
        if (found == null
                || length > TOKEN_CHARACTERS_MAX
                || !found.entitlement().isValidAt(nowMillis)) {
            return null;
        }
        return new Grant(found.entitlement().id(), found.entitlement().role());
    }

    static byte[] digestOf(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "This Java runtime offers no SHA-256, which every Java platform must."
                            + " Enable a security provider that does.",
                    e);
        }
    }

    /** Says how many there are. */
    @Override
    public String toString() {
        return "DigestTokens[" + tokens.size() + "]";
    }
}
