package dev.hypercache.security;

import dev.hypercache.spi.security.Credentials;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SecretUnavailableException;
import dev.hypercache.spi.security.TlsFiles;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a node hold, before anything is made of it.
 *
 * @param own the node's key and chain
 * @param ownPlace where they lie, for messages
 * @param trust the authorities, 1 to {@value #TRUST_MAX}
 * @param trustPlace where they lie, for messages
 */
record TlsParts(Credentials own, Path ownPlace, List<X509Certificate> trust, Path trustPlace) {

    /** The most authorities; all their names go to each peer. */
    static final int TRUST_MAX = 64;

    private static final String SETTINGS = "hypercache.security.tls.";

    /**
     * Reads all files anew.
     *
     * @param files PEM files, or a key store
     * @return what they hold
     * @throws SecretUnavailableException if neither or both kinds are named, or a file is missing, malformed or open to others
     */
    static TlsParts read(TlsFiles files) {
        Path keyStore = files.keyStore();
        if (keyStore != null && (files.certificate() != null || files.key() != null)) {
            throw new SecretUnavailableException(
                    SETTINGS + "keystore is set and so is " + SETTINGS + (files.certificate() != null ? "cert" : "key")
                            + ": key and certificate come from one place. Keep either the key store or the PEM files.");
        }
        Secret password = passwordOf(files.password());
        try {
            return keyStore == null ? ofPem(files, password) : ofKeyStore(keyStore, files.trust(), password);
        } finally {
            if (password != null) {
                password.destroy();
            }
        }
    }

    private static TlsParts ofPem(TlsFiles files, @Nullable Secret password) {
        Path certificate = files.certificate();
        Path key = files.key();
        Path trust = files.trust();
        if (certificate == null || key == null || trust == null) {
            throw missing(certificate, key, trust);
        }
        Credentials own = new PemCredentials().read(key, certificate, password);
        return new TlsParts(own, certificate, bounded(PemCertificates.read(trust), trust), trust);
    }

    private static TlsParts ofKeyStore(Path keyStore, @Nullable Path trust, @Nullable Secret password) {
        Pkcs12Credentials content = Pkcs12Credentials.read(keyStore, password);
        if (trust != null) {
            return new TlsParts(content.own(), keyStore, bounded(PemCertificates.read(trust), trust), trust);
        }
        if (content.trusted().isEmpty()) {
            throw new SecretUnavailableException(SETTINGS + "trust is not set, and key store " + keyStore
                    + " has no certificate entries: nobody would be trusted. Set it to the authorities in PEM, or import them with:"
                    + " keytool -importcert -keystore " + keyStore);
        }
        return new TlsParts(content.own(), keyStore, bounded(content.trusted(), keyStore), keyStore);
    }

    private static @Nullable Secret passwordOf(@Nullable Path file) {
        return file == null ? null : SecretEncoding.verbatim(ProtectedFile.readSecret(file), "File " + file);
    }

    private static List<X509Certificate> bounded(List<X509Certificate> trust, Path place) {
        if (trust.size() > TRUST_MAX) {
            throw new SecretUnavailableException(
                    "File " + place + " holds " + trust.size() + " trusted certificates, at most " + TRUST_MAX
                            + " may be. Leave only the authorities of this ring.");
        }
        return trust;
    }

    private static SecretUnavailableException missing(
            @Nullable Path certificate, @Nullable Path key, @Nullable Path trust) {
        List<String> names = new ArrayList<>();
        if (certificate == null) {
            names.add(SETTINGS + "cert");
        }
        if (key == null) {
            names.add(SETTINGS + "key");
        }
        if (trust == null) {
            names.add(SETTINGS + "trust");
        }
        return new SecretUnavailableException("Not set: " + String.join(", ", names)
                + ". TLS needs a certificate, its key and the trusted authorities." + " Set all three to PEM files, or "
                + SETTINGS + "keystore to a PKCS#12 file.");
    }
}
