package dev.hypercache.spi.security;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a certificate speaks for: the URI {@code spiffe://<trust-domain>/<cluster>/<role>/<node>} in its subject alternative
 * names (SECURITY R5; SPIFFE-ID §2 for the characters).
 *
 * @param trustDomain 1 to 255 of {@code a-z 0-9 . - _}
 * @param cluster 1 to 128 of {@code A-Z a-z 0-9 . - _}, neither {@code .} nor {@code ..}
 * @param role what it may do
 * @param node 1 to 128 of {@code A-Z a-z 0-9 . - _}, neither {@code .} nor {@code ..}
 */
public record Identity(String trustDomain, String cluster, Role role, String node) {

    /** The kind of a name that is a URI (RFC 5280 §4.2.1.6). */
    private static final int URI_NAME = 6;

    private static final Pattern TRUST_DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");
    private static final Pattern SEGMENT = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,128}");
    private static final Pattern URI = Pattern.compile("spiffe://([^/]+)/([^/]+)/([^/]+)/([^/]+)");

    /**
     * Checks the characters.
     *
     * @throws IllegalArgumentException if a part has another character or length
     */
    public Identity {
        require(TRUST_DOMAIN, "trust domain", trustDomain);
        require(SEGMENT, "cluster", cluster);
        Objects.requireNonNull(role, "role");
        require(SEGMENT, "node", node);
    }

    /**
     * Reads an identity as a certificate holds it. Exact: no other scheme, query, escape or further segment passes.
     *
     * @param uri what to read
     * @return the identity
     * @throws IllegalArgumentException if it has another form
     */
    public static Identity parse(String uri) {
        Matcher parts = URI.matcher(Objects.requireNonNull(uri, "uri"));
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "Identity \"" + printable(uri)
                            + "\" is not spiffe://<trust-domain>/<cluster>/<role>/<node>. Issue a certificate with such a URI.");
        }
        return new Identity(parts.group(1), parts.group(2), Role.ofLabel(parts.group(3)), parts.group(4));
    }

    /**
     * Reads the identity of a certificate: the one URI among its subject alternative names that begins with {@code spiffe:}.
     * The common name and all other names say nothing.
     *
     * @param certificate whose to read
     * @return the identity
     * @throws IllegalArgumentException if there is none, there are several, or it has another form
     */
    public static Identity of(X509Certificate certificate) {
        Identity found = null;
        for (String uri : urisOf(certificate)) {
            if (uri.startsWith("spiffe:")) {
                if (found != null) {
                    throw new IllegalArgumentException(
                            "The certificate has several identities, among them " + found + ". Issue it with one.");
                }
                found = parse(uri);
            }
        }
        if (found == null) {
            throw new IllegalArgumentException(
                    "The certificate has no identity: none of its subject alternative names is a URI that begins with spiffe:."
                            + " Issue it with spiffe://<trust-domain>/<cluster>/<role>/<node>.");
        }
        return found;
    }

    private static List<String> urisOf(X509Certificate certificate) {
        List<String> uris = new ArrayList<>();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (Integer.valueOf(URI_NAME).equals(name.get(0))) {
                    uris.add(String.valueOf(name.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException(
                    "The certificate's subject alternative names cannot be read. Issue it anew.", e);
        }
        return uris;
    }

    /**
     * Returns the form that {@link #parse} reads.
     *
     * @return the URI
     */
    public String toUri() {
        return "spiffe://" + trustDomain + "/" + cluster + "/" + role.label() + "/" + node;
    }

    @Override
    public String toString() {
        return toUri();
    }

    private static void require(Pattern pattern, String part, String value) {
        if (!pattern.matcher(Objects.requireNonNull(value, part)).matches()) {
            throw new IllegalArgumentException("The " + part + " \"" + printable(value)
                    + "\" of an identity must match " + pattern.pattern() + ". Choose another name.");
        }
    }

    private static String printable(String text) {
        String start = text.length() > 256 ? text.substring(0, 256) + "..." : text;
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
