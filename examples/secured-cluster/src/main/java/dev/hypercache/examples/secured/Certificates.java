package dev.hypercache.examples.secured;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Properties;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The directory in which the certificates of all parties lie. */
final class Certificates {

    private static final String CLIENT = "app";

    private final Path directory;

    Certificates(Path directory) {
        this.directory = directory;
    }

    /** Whether they were issued. */
    boolean exist() {
        return Files.exists(file("n1.pem")) && Files.exists(file(CLIENT + ".p12"));
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    /** The three settings of a node that asks everybody for a certificate, and shows its own. */
    Properties settingsOf(String node) {
        Properties settings = new Properties();
        settings.setProperty("hypercache.security.tls.cert", file(node + ".pem").toString());
        settings.setProperty("hypercache.security.tls.key", file(node + ".key").toString());
        settings.setProperty("hypercache.security.tls.trust", file("ca.pem").toString());
        return settings;
    }

    /** TLS of the client, which has a certificate. */
    SSLContext client() throws IOException, GeneralSecurityException {
        return context(true);
    }

    /** TLS of somebody who trusts the authority and has no certificate. */
    SSLContext stranger() throws IOException, GeneralSecurityException {
        return context(false);
    }

    private SSLContext context(boolean isKnown) throws IOException, GeneralSecurityException {
        char[] password = Files.readString(file(CLIENT + ".password")).trim().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file(CLIENT + ".p12"))) {
            store.load(in, password);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        Arrays.fill(password, '\0');
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(isKnown ? keys.getKeyManagers() : new KeyManager[0], trust.getTrustManagers(), null);
        return context;
    }

    /** The options by which curl shows the client's certificate. */
    String curlOptions() {
        return "--cacert " + shown("ca.pem") + " --cert " + shown(CLIENT + ".pem") + " --key " + shown(CLIENT + ".key");
    }

    private Path shown(String name) {
        return file(name).toAbsolutePath();
    }
}
