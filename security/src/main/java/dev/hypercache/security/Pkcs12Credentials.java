package dev.hypercache.security;

import dev.hypercache.spi.security.Credentials;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SecretUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a PKCS#12 key store (RFC 7292): its one private key with the chain, and its certificate entries. The file must be
 * readable by its owner alone (SECURITY R11). The JDK takes passwords of ASCII characters alone.
 *
 * @param own the key and its chain
 * @param trusted the certificates without a key; may be empty
 */
record Pkcs12Credentials(Credentials own, List<X509Certificate> trusted) {

    private static final String PASSWORD_SETTING = "hypercache.security.tls.key-password.file";

    /**
     * Reads a key store anew.
     *
     * @param file the key store
     * @param password what it is encrypted with; null for the empty password
     * @return what it holds
     * @throws SecretUnavailableException if it is missing, malformed or open to others, if the password is missing or wrong, or
     *     if it does not hold exactly one private key that fits its certificate
     */
    static Pkcs12Credentials read(Path file, @Nullable Secret password) {
        byte[] bytes = ProtectedFile.readSecret(file);
        try {
            return password == null
                    ? open(file, bytes, new char[0], "no password is given. Set " + PASSWORD_SETTING)
                    : PasswordCharacters.use(
                            password,
                            characters -> open(
                                    file,
                                    bytes,
                                    characters,
                                    "the password is wrong or not ASCII. Correct " + PASSWORD_SETTING));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static Pkcs12Credentials open(Path file, byte[] bytes, char[] password, String likely) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            return contentOf(store, file, password);
        } catch (IOException | GeneralSecurityException e) {
            // A reader's message may quote what it could not read, so it is not passed on.
            throw new SecretUnavailableException("Key store " + file + " cannot be opened: it is not PKCS#12, or "
                    + likely + ", or write it anew with: openssl pkcs12 -export");
        }
    }

    private static Pkcs12Credentials contentOf(KeyStore store, Path file, char[] password)
            throws GeneralSecurityException {
        List<X509Certificate> trusted = new ArrayList<>();
        List<Credentials> own = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                own.add(credentialsOf(store.getKey(alias, password), store.getCertificateChain(alias), file));
            } else if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                trusted.add(certificate);
            }
        }
        if (own.size() != 1) {
            throw new SecretUnavailableException("Key store " + file + " holds " + own.size()
                    + " private keys with certificates: it must hold exactly one, the node's own."
                    + " Write it with: openssl pkcs12 -export -inkey <key> -in <chain>");
        }
        return new Pkcs12Credentials(own.get(0), List.copyOf(trusted));
    }

    private static Credentials credentialsOf(@Nullable Key key, Certificate @Nullable [] entries, Path file) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate entry : entries == null ? new Certificate[0] : entries) {
            if (entry instanceof X509Certificate certificate) {
                chain.add(certificate);
            }
        }
        if (!(key instanceof PrivateKey own) || chain.isEmpty() || !KeyProof.belongTogether(own, chain.get(0))) {
            throw new SecretUnavailableException(
                    "Key store " + file + " holds a key without a certificate that fits it."
                            + " Write it with: openssl pkcs12 -export -inkey <key> -in <chain>");
        }
        return new Credentials(own, chain);
    }
}
