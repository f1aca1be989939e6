package dev.hypercache.security;

import dev.hypercache.spi.security.SecretUnavailableException;
import java.util.ArrayList;
import java.util.List;

/**
 * The versions of TLS and the cipher suites that nodes use (SECURITY R6): all of TLS 1.3 (RFC 8446 §B.4), and of TLS 1.2 those
 * with forward secrecy and authenticated encryption (RFC 9325 §4.2).
 */
final class TlsVersions {

    static final String V13 = "TLSv1.3";
    static final String V12 = "TLSv1.2";

    private static final List<String> SUITES_13 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private static final List<String> SUITES_12 = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private TlsVersions() {}

    /**
     * Chooses versions.
     *
     * @param wanted what the configuration names; empty for TLS 1.3 alone
     * @return what to enable, the newest first; at least one
     * @throws SecretUnavailableException if another version is among them
     */
    static List<String> of(List<String> wanted) {
        for (String version : wanted) {
            if (!version.equals(V13) && !version.equals(V12)) {
                throw new SecretUnavailableException("hypercache.security.tls.protocols names \""
                        + version.replaceAll("\\p{Cntrl}", "?") + "\": only " + V13 + " and " + V12
                        + " are safe enough. Leave the setting out for " + V13 + " alone.");
            }
        }
        List<String> versions = new ArrayList<>();
        if (wanted.isEmpty() || wanted.contains(V13)) {
            versions.add(V13);
        }
        if (wanted.contains(V12)) {
            versions.add(V12);
        }
        return List.copyOf(versions);
    }

    /**
     * Chooses cipher suites.
     *
     * @param versions what {@link #of} chose
     * @param supported what this Java runtime offers
     * @return what to enable, in order of preference; may be empty
     */
    static List<String> suitesOf(List<String> versions, List<String> supported) {
        List<String> suites = new ArrayList<>();
        if (versions.contains(V13)) {
            suites.addAll(SUITES_13);
        }
        if (versions.contains(V12)) {
            suites.addAll(SUITES_12);
        }
        suites.retainAll(supported);
        return List.copyOf(suites);
    }
}
