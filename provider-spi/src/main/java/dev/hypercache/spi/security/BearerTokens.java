package dev.hypercache.spi.security;

import org.jspecify.annotations.Nullable;

/** The bearer tokens (RFC 6750) that a node accepts, as they were read at one moment. Safe for use by any threads. */
public interface BearerTokens {

    /** The most tokens of a node. */
    int TOKENS_MAX = 1_000;

    /**
     * Looks for a token. Takes the same time whether or not it is there.
     *
     * @param token what the caller sent behind {@code Bearer}; anything
     * @param nowMillis the present, in milliseconds since 1970-01-01T00:00Z
     * @return what it grants; null if it is unknown, not valid yet or no longer
     */
    @Nullable
    Grant find(String token, long nowMillis);

    /**
     * What a token grants.
     *
     * @param id the token's name, for logs
     * @param role what its bearer may ask for
     */
    record Grant(String id, Role role) {}
}
