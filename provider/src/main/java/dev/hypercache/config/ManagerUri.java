package dev.hypercache.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The URI of a cache manager, understood.
 *
 * <p>Three forms: {@code hypercache:<name>}, a manager of its own that takes its settings from the usual sources (the
 * provider's default is {@code hypercache:default}); {@code hypercache://host:port;host:port/cluster}, seeds and name
 * of a ring, with semicolons and no query so that JMX names stay well-formed; and anything else, the location of a
 * properties file.
 */
public final class ManagerUri {
    /** The form of a manager's URI. */
    public enum Form {
        /** {@code hypercache:<name>}. */
        NAME,
        /** {@code hypercache://host:port;host:port/cluster}. */
        RING,
        /** The location of a properties file. */
        LOCATION
    }

    private static final String SCHEME = "hypercache";
    private static final URI DEFAULT = URI.create(SCHEME + ":default");

    private final URI uri;
    private final Form form;
    private final String seeds;
    private final String cluster;

    private ManagerUri(URI uri, Form form, String seeds, String cluster) {
        this.uri = uri;
        this.form = form;
        this.seeds = seeds;
        this.cluster = cluster;
    }

    /** The provider's default, {@code hypercache:default}. */
    public static URI defaultUri() {
        return DEFAULT;
    }

    /**
     * Understands the URI of a manager; it opens nothing.
     *
     * @param uri the URI, or null for {@link #defaultUri()}
     * @throws ConfigurationException when the scheme is {@code hypercache} and the rest is of no known form
     */
    public static ManagerUri of(@Nullable URI uri) {
        if (uri == null || uri.equals(DEFAULT)) {
            return new ManagerUri(DEFAULT, Form.NAME, "", "");
        }
        if (!SCHEME.equalsIgnoreCase(uri.getScheme())) {
            if (uri.toString().isEmpty()) {
                throw wrong(uri, "an empty URI names no manager");
            }
            return new ManagerUri(uri, Form.LOCATION, "", "");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw wrong(uri, "a hypercache: URI has neither query nor fragment");
        }
        return uri.isOpaque() ? named(uri) : ring(uri);
    }

    private static ManagerUri named(URI uri) {
        if (!ValueParser.isName(uri.getRawSchemeSpecificPart())) {
            throw wrong(uri, "a manager's name must be 1 to 128 letters, digits, dots, hyphens or underscores");
        }
        return new ManagerUri(uri, Form.NAME, "", "");
    }

    private static ManagerUri ring(URI uri) {
        String authority = uri.getRawAuthority();
        String seeds = authority == null ? "" : authority.replace(';', ',');
        boolean legal = authority != null && authority.indexOf(',') < 0 && ValueParser.areAddresses(seeds);
        if (!legal) {
            throw wrong(uri, "the seeds of a ring must be host:port, separated by semicolons");
        }
        String path = uri.getRawPath();
        String cluster = path.startsWith("/") ? path.substring(1) : path;
        if (!cluster.isEmpty() && !ValueParser.isName(cluster)) {
            throw wrong(uri, "a cluster name must be 1 to 128 letters, digits, dots, hyphens or underscores");
        }
        return new ManagerUri(uri, Form.RING, seeds, cluster);
    }

    private static ConfigurationException wrong(URI uri, String rule) {
        String remedy = "Use hypercache:<name>, hypercache://host:port;host:port/cluster, or the location of a"
                + " properties file (classpath:, file:, another URL, or a path).";
        return new ConfigurationException(
                new Problem("manager URI '" + withoutUser(uri.toString()) + "'", "", null, rule, remedy));
    }

    /** The URI as given by the application, or the default. */
    public URI uri() {
        return uri;
    }

    public Form form() {
        return form;
    }

    /**
     * By what name nodes mean the same manager: its URI if that is a name. A URI that says where a file or the ring is may differ from
     * node to node, and from release to release of an application, so it stands for the default manager.
     */
    public String sharedName() {
        return (form == Form.NAME ? uri : DEFAULT).toString();
    }

    /** The seeds of {@link Form#RING} in the notation of {@link Setting#SEEDS}; else empty. */
    String seeds() {
        return seeds;
    }

    /** The cluster name of {@link Form#RING}; empty when the URI names none. */
    String cluster() {
        return cluster;
    }

    /** The URI for messages: without user and password. */
    @Override
    public String toString() {
        return withoutUser(uri.toString());
    }

    /** A location without {@code user:password@}. */
    static String withoutUser(String location) {
        int start = location.indexOf("://");
        if (start < 0) {
            return location;
        }
        int end = location.indexOf('/', start + 3);
        int at = location.lastIndexOf('@', end < 0 ? location.length() : end);
        return at > start ? location.substring(0, start + 3) + "***" + location.substring(at) : location;
    }
}
