package dev.hypercache.transport.auth;

import dev.hypercache.spi.security.Role;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request or holds a connection, as was proved.
 *
 * @param name the identity of a certificate, the id of a key or of a token; for logs
 * @param role what it may ask for
 * @param proof how it was proved
 * @param node the node that the proof names; null if it names none
 * @param untilMillis the last moment at which the proof counts, in milliseconds since 1970-01-01T00:00Z
 */
public record Caller(
        String name, Role role, Proof proof, @Nullable String node, long untilMillis) {

    /** Whoever comes, where nobody is asked who he is: on a loopback address, or because the node is told to be insecure. */
    public static final Caller UNASKED = new Caller("unasked", Role.MEMBER, Proof.NONE, null, Long.MAX_VALUE);

    /** How a caller proves who it is. */
    public enum Proof {
        /** Not at all. */
        NONE,
        /** By the private key of a certificate. */
        CERTIFICATE,
        /** By a signature over the request. */
        SIGNATURE,
        /** By a bearer token. */
        TOKEN
    }

    /** Checks for nulls. */
    public Caller {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(proof, "proof");
    }
}
