package dev.hypercache.transport.auth;

import dev.hypercache.spi.security.Identity;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in by a certificate: TLS proves that it was issued by somebody who is trusted, and nothing of whom it speaks for
 * (SECURITY §1.5, R5). Both ends of each connection ask here.
 *
 * @param trustDomain the trust domain of the ring
 * @param cluster the ring's cluster
 */
public record IdentityCheck(String trustDomain, String cluster) {

    /** Checks for nulls. */
    public IdentityCheck {
        Objects.requireNonNull(trustDomain, "trustDomain");
        Objects.requireNonNull(cluster, "cluster");
    }

    /**
     * Finds out who a certificate speaks for.
     *
     * @param certificate the peer's own
     * @param nowMillis the present, in milliseconds since 1970-01-01T00:00Z
     * @return the caller
     * @throws RejectedCallerException if it has no identity, one of another trust domain or cluster, or is over
     */
    public Caller callerOf(X509Certificate certificate, long nowMillis) throws RejectedCallerException {
        Identity identity;
        try {
            identity = Identity.of(certificate);
        } catch (IllegalArgumentException e) {
            throw new RejectedCallerException(Rejection.NO_IDENTITY, String.valueOf(e.getMessage()));
        }
        if (!identity.trustDomain().equals(trustDomain)) {
            throw new RejectedCallerException(Rejection.OTHER_TRUST_DOMAIN, identity.toUri());
        }
        if (!identity.cluster().equals(cluster)) {
            throw new RejectedCallerException(Rejection.OTHER_CLUSTER, identity.toUri());
        }
        Caller caller = new Caller(
                identity.toUri(),
                identity.role(),
                Caller.Proof.CERTIFICATE,
                identity.node(),
                certificate.getNotAfter().getTime());
        requireValid(caller, nowMillis);
        return caller;
    }

    /**
     * Finds the own certificate of whoever is at the other end of a TLS connection.
     *
     * @param session the connection's session, after its handshake
     * @return null if it has shown none
     */
    public static @Nullable X509Certificate certificateIn(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate own ? own : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    /**
     * Looks whether a proof still counts: connections live longer than certificates.
     *
     * @throws RejectedCallerException if it does not
     */
    public static void requireValid(Caller caller, long nowMillis) throws RejectedCallerException {
        if (nowMillis > caller.untilMillis()) {
            throw new RejectedCallerException(Rejection.EXPIRED, caller.name());
        }
    }
}
