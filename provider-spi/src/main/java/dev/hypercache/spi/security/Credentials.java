package dev.hypercache.spi.security;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * What a node proves its identity with.
 *
 * @param key the private key of the first certificate
 * @param chain the node's own certificate first, then each issuer's; at least one
 */
public record Credentials(PrivateKey key, List<X509Certificate> chain) {

    /**
     * Keeps an unmodifiable copy of the chain.
     *
     * @throws IllegalArgumentException if the chain is empty
     */
    public Credentials {
        Objects.requireNonNull(key, "key");
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("The certificate chain is empty: it begins with the node's own.");
        }
    }

    /** Names the subject and never the key. */
    @Override
    public String toString() {
        return "Credentials[" + chain.get(0).getSubjectX500Principal() + ", chain of " + chain.size() + "]";
    }
}
