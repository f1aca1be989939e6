package dev.hypercache.bootstrap;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** What a node must not start with (SECURITY R10): every rule names the setting that breaks it and the lines that mend it. */
final class SecurityRules {

    private static final String REMEDY = "Either issue certificates and set hypercache.security.tls.cert=node.pem,"
            + " hypercache.security.tls.key=node.key and hypercache.security.tls.trust=ca.pem,\n"
            + "or share a key between the nodes and set hypercache.security.hmac.keys.file=keys.";

    private SecurityRules() {}

    /** Who can be reached from elsewhere asks who calls. */
    static void requireProofs(Settings settings, Address bind, SecuritySources sources) {
        boolean asks = sources.hasTls() || sources.hasKeys();
        if (!asks && !isLoopback(bind) && !settings.isOn(Setting.INSECURE)) {
            throw settings.problem(
                    Setting.BIND,
                    "a node that others can reach asks who calls, and has neither certificates nor keys to do so",
                    REMEDY);
        }
        if (sources.hasTokens() && !sources.hasTls() && !isLoopback(bind)) {
            throw settings.problem(
                    Setting.BEARER_FILE,
                    "bearer tokens can be read by everybody on the way without TLS",
                    "Set hypercache.security.tls.cert, .key and .trust as well, or remove the tokens.");
        }
    }

    /** A node's certificate speaks for that node; a client may have that of a member. */
    static void requireOwn(Settings settings, Identity identity) {
        boolean isClient = settings.isClient();
        if (identity.role() != Role.MEMBER && !(isClient && identity.role() == Role.CLIENT)) {
            String role = isClient ? "client" : "member";
            throw settings.problem(
                    tlsSetting(settings),
                    "the certificate is of role " + identity.role().label() + " (" + identity + "), and "
                            + (isClient ? "clients" : "nodes") + " of a ring have role " + role,
                    "Issue one for spiffe://<trust-domain>/<cluster>/" + role + "/<node>.");
        }
        String cluster = settings.text(Setting.CLUSTER_NAME);
        if (!identity.cluster().equals(cluster)) {
            throw settings.problem(
                    Setting.CLUSTER_NAME,
                    "the certificate is of cluster " + identity.cluster() + " (" + identity + ")",
                    "Set the cluster's name to that, or issue a certificate for this one.");
        }
        String domain = settings.text(Setting.TRUST_DOMAIN);
        if (domain != null && !identity.trustDomain().equals(domain)) {
            throw settings.problem(
                    Setting.TRUST_DOMAIN,
                    "the certificate is of trust domain " + identity.trustDomain() + " (" + identity + ")",
                    "Set the trust domain to that, or issue a certificate for this one.");
        }
        if (settings.isGiven(Setting.NODE_NAME) && !identity.node().equals(settings.nodeName())) {
            throw settings.problem(
                    Setting.NODE_NAME,
                    "the certificate is of node " + identity.node() + " (" + identity + ")",
                    "Set the node's name to that, remove it, or issue a certificate for this node.");
        }
    }

    /** The setting that names the certificate. */
    static Setting tlsSetting(Settings settings) {
        return settings.isGiven(Setting.TLS_KEYSTORE) ? Setting.TLS_KEYSTORE : Setting.TLS_CERT;
    }

    static boolean isLoopback(Address bind) {
        try {
            return InetAddress.getByName(bind.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
