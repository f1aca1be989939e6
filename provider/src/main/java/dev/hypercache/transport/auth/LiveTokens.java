package dev.hypercache.transport.auth;

import dev.hypercache.spi.security.BearerTokens;
import dev.hypercache.spi.security.Role;
import java.util.Objects;

/**
 * The bearer tokens that count now; replaced as a whole while the node runs. A token says nothing of a node, so none makes a
 * member. Safe for use by any threads.
 */
public final class LiveTokens {

    private volatile BearerTokens current;

    /** Begins with some tokens. */
    public LiveTokens(BearerTokens first) {
        this.current = Objects.requireNonNull(first, "first");
    }

    /**
     * Finds out who presents a token.
     *
     * @param token what stands behind {@code Bearer}
     * @param nowMillis the present, in milliseconds since 1970-01-01T00:00Z
     * @throws RejectedCallerException if it grants nothing
     */
    public Caller callerOf(String token, long nowMillis) throws RejectedCallerException {
        BearerTokens.Grant grant = current.find(token, nowMillis);
        if (grant == null) {
            throw new RejectedCallerException(Rejection.UNKNOWN_TOKEN, "no such token is valid now");
        }
        if (grant.role() == Role.MEMBER) {
            throw new RejectedCallerException(
                    Rejection.ROLE, "token " + grant.id() + " is for a member, which none is");
        }
        return new Caller(grant.id(), grant.role(), Caller.Proof.TOKEN, null, Long.MAX_VALUE);
    }

    /** Replaces the tokens. */
    public void replace(BearerTokens next) {
        current = Objects.requireNonNull(next, "next");
    }
}
