package dev.hypercache.security;

import java.time.Instant;
import java.util.List;

/**
 * What the certificate of a party is to say.
 *
 * @param commonName the subject's common name
 * @param uris its subject alternative names that are URIs
 * @param hosts its subject alternative names that are host names or IP addresses
 * @param notBefore first moment of validity; seconds count
 * @param notAfter last moment of validity; seconds count
 */
record LeafRequest(String commonName, List<String> uris, List<String> hosts, Instant notBefore, Instant notAfter) {

    LeafRequest {
        uris = List.copyOf(uris);
        hosts = List.copyOf(hosts);
    }
}
