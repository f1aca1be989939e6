package dev.hypercache.security;

import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.SecretUnavailableException;
import dev.hypercache.spi.security.TlsFiles;
import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.spi.security.TlsMaterialReader;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Makes TLS material with the JDK's own TLS (JSSE) of PEM files or a PKCS#12 key store (SECURITY R6, R7).
 *
 * <p>Trusts the given authorities alone, never those of the JDK. Each read makes a new context: one that is changed in place
 * would let in peers of a removed authority by session resumption (SECURITY §1.6). Tickets of an old context, too, mean nothing
 * to a new one, so they need no switch.
 *
 * <p>Refuses to work while the system property {@value #VERIFICATION_OFF} switches the check of host names off for {@code
 * java.net.http} (SECURITY R6): the property counts for the whole JVM, and a client that believes any name talks to any member.
 * The check stands here because nobody gets TLS without passing by. The alike property of LDAP does not concern HTTP.
 */
public final class JsseMaterialReader implements TlsMaterialReader {

    static final String VERIFICATION_OFF = "jdk.internal.httpclient.disableHostnameVerification";

    /** Makes a reader; it has no state. */
    public JsseMaterialReader() {}

    @Override
    public TlsMaterial read(TlsFiles files, List<String> protocols) {
        requireHostNameVerification();
        List<String> versions = TlsVersions.of(protocols);
        TlsParts parts = TlsParts.read(files);
        OwnChain own = new OwnChain(parts);
        own.requireValidAt(Instant.now());
        Identity identity = own.identity();
        try {
            TrustManager[] trust = trustManagersOf(parts.trust());
            own.requireAcceptedBy((X509TrustManager) trust[0]);
            SSLContext context = contextOf(parts, trust);
            List<String> suites = suitesOf(context, versions);
            shakeHands(context, versions, suites, parts);
            return new TlsMaterial(context, versions, suites, parts.own().chain(), parts.trust(), identity);
        } catch (GeneralSecurityException | IOException e) {
            throw new SecretUnavailableException(
                    "This Java runtime cannot make a TLS context of " + parts.ownPlace() + " and " + parts.trustPlace()
                            + ". Use a key and certificates of an algorithm that it knows, such as EC on P-256.",
                    e);
        }
    }

    /** As the JDK reads it: the bare property counts as true. */
    private static void requireHostNameVerification() {
        String value = System.getProperty(VERIFICATION_OFF);
        if (value != null && (value.isEmpty() || Boolean.parseBoolean(value))) {
            throw new SecretUnavailableException("The system property " + VERIFICATION_OFF
                    + " is set: without the check of host names, TLS does not tell whom it talks to."
                    + " Start the JVM without it, and issue certificates with the names of their hosts.");
        }
    }

    static SSLContext contextOf(TlsParts parts, TrustManager[] trust) throws GeneralSecurityException, IOException {
        char[] password = UUID.randomUUID().toString().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "own", parts.own().key(), password, parts.own().chain().toArray(new X509Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust, null);
        return context;
    }

    static TrustManager[] trustManagersOf(List<X509Certificate> trust) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < trust.size(); i++) {
            store.setCertificateEntry("trust-" + i, trust.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static List<String> suitesOf(SSLContext context, List<String> versions) {
        List<String> supported =
                Arrays.asList(context.getSupportedSSLParameters().getCipherSuites());
        List<String> suites = TlsVersions.suitesOf(versions, supported);
        if (suites.isEmpty()) {
            throw new SecretUnavailableException("This Java runtime offers no safe cipher suite for "
                    + String.join(", ", versions) + ". Take such suites out of jdk.tls.disabledAlgorithms.");
        }
        return suites;
    }

    private static void shakeHands(SSLContext context, List<String> versions, List<String> suites, TlsParts parts) {
        for (String version : versions) {
            try {
                SelfHandshake.run(context, context, version, suites);
            } catch (SSLException | IllegalArgumentException e) {
                throw new SecretUnavailableException(
                        "The certificate in " + parts.ownPlace() + " and the authorities in " + parts.trustPlace()
                                + " cannot complete a handshake of " + version
                                + " among themselves, so no peer could. Issue the certificate anew with a key that TLS knows,"
                                + " such as EC on P-256, for serverAuth and clientAuth.",
                        e);
            }
        }
    }
}
