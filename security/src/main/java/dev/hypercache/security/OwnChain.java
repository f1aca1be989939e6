package dev.hypercache.security;

import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.SecretUnavailableException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.X509TrustManager;

/** Judges a node's own certificates as its peers will, so that a node finds out itself that it would be refused. */
final class OwnChain {

    private final TlsParts parts;
    private final List<X509Certificate> chain;

    OwnChain(TlsParts parts) {
        this.parts = parts;
        this.chain = parts.own().chain();
    }

    /**
     * Requires that each certificate is valid now.
     *
     * @param now the present
     * @throws SecretUnavailableException if one is not yet or no longer
     */
    void requireValidAt(Instant now) {
        for (X509Certificate certificate : chain) {
            Instant first = certificate.getNotBefore().toInstant();
            Instant last = certificate.getNotAfter().toInstant();
            if (now.isBefore(first) || now.isAfter(last)) {
                throw new SecretUnavailableException("The certificate " + certificate.getSubjectX500Principal() + " in "
                        + parts.ownPlace() + " is valid from " + first + " to " + last + ", and now it is " + now
                        + ": peers would refuse it. Renew it, or set the clock.");
            }
        }
    }

    /**
     * Requires that the node's own authorities accept the chain, for both ends of a connection.
     *
     * @param trust knows the authorities
     * @throws SecretUnavailableException if they do not
     */
    void requireAcceptedBy(X509TrustManager trust) {
        X509Certificate[] presented = chain.toArray(new X509Certificate[0]);
        try {
            trust.checkServerTrusted(presented, "UNKNOWN");
            trust.checkClientTrusted(presented, chain.get(0).getPublicKey().getAlgorithm());
        } catch (CertificateException e) {
            throw new SecretUnavailableException(
                    "The certificate " + chain.get(0).getSubjectX500Principal() + " in " + parts.ownPlace()
                            + " is not accepted by the authorities in " + parts.trustPlace()
                            + ", so peers that trust the same would refuse it. Name the authority that issued it, complete the chain,"
                            + " or issue it for serverAuth and clientAuth.",
                    e);
        }
    }

    /**
     * Reads who the node is.
     *
     * @return the identity of its own certificate
     * @throws SecretUnavailableException if it has none
     */
    Identity identity() {
        try {
            return Identity.of(chain.get(0));
        } catch (IllegalArgumentException e) {
            throw new SecretUnavailableException("File " + parts.ownPlace() + ": " + e.getMessage(), e);
        }
    }
}
