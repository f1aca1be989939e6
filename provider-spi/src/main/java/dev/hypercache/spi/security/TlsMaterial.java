package dev.hypercache.spi.security;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * Everything that TLS connections of a node are made with, as it was read at one moment. Never changes: new files make new
 * material with a context of its own, since sessions of an old context would let in again who is no longer trusted (SECURITY
 * §1.6).
 *
 * @param context makes engines for both ends; trusts {@code trust} alone
 * @param protocols the versions to enable, such as {@code TLSv1.3}; at least one
 * @param suites the cipher suites to enable; at least one
 * @param chain the node's own certificate first
 * @param trust the authorities that are trusted; at least one
 * @param identity who the node's own certificate speaks for
 */
public record TlsMaterial(
        SSLContext context,
        List<String> protocols,
        List<String> suites,
        List<X509Certificate> chain,
        List<X509Certificate> trust,
        Identity identity) {

    /**
     * Keeps unmodifiable copies.
     *
     * @throws IllegalArgumentException if one of the lists is empty
     */
    public TlsMaterial {
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(identity, "identity");
        protocols = List.copyOf(protocols);
        suites = List.copyOf(suites);
        chain = List.copyOf(chain);
        trust = List.copyOf(trust);
        if (protocols.isEmpty() || suites.isEmpty() || chain.isEmpty() || trust.isEmpty()) {
            throw new IllegalArgumentException(
                    "TLS needs a version, a cipher suite, an own certificate and an authority to trust. Complete its files.");
        }
    }

    /**
     * Returns the last moment at which the node's whole chain is valid.
     *
     * @return milliseconds since 1970-01-01T00:00Z
     */
    public long notAfterMillis() {
        long earliest = Long.MAX_VALUE;
        for (X509Certificate certificate : chain) {
            earliest = Math.min(earliest, certificate.getNotAfter().getTime());
        }
        return earliest;
    }

    /** Names the identity and nothing else. */
    @Override
    public String toString() {
        return "TlsMaterial[" + identity + ", serial "
                + chain.get(0).getSerialNumber().toString(16) + "]";
    }
}
