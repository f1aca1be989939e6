package dev.hypercache.cluster;

import java.io.IOException;
import java.util.List;

/** How the nodes of a ring know each other: the settings that this adds to those of a test. Nodes are numbered from 0. */
public interface RingSecurity {

    /** The settings of a node, each as {@code name=value}. */
    List<String> settingsOf(int node);

    /**
     * The kind that a run is told to use by {@code -Dtest.cluster.security}: {@code plain}, {@code tls} for certificates of both
     * ends, or {@code hmac} for a shared key.
     *
     * @param nodes how many nodes the ring has
     */
    static RingSecurity ofRun(int nodes) throws IOException {
        String kind = System.getProperty("test.cluster.security", "plain");
        return switch (kind) {
            case "plain" -> node -> List.of();
            case "tls" -> CertificateFolder.issue(CertificateFolder.newAuthority("test"), nodes);
            case "hmac" -> KeyFolder.create(nodes, "k1");
            default ->
                throw new IllegalArgumentException(
                        "test.cluster.security is " + kind + "; it is plain, tls or hmac. Leave it out for plain.");
        };
    }
}
