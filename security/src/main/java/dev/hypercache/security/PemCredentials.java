package dev.hypercache.security;

import dev.hypercache.spi.security.Credentials;
import dev.hypercache.spi.security.CredentialsReader;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SecretUnavailableException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private key and a certificate chain in PEM (RFC 7468), as {@code openssl} and certificate authorities write them.
 *
 * <p>Keys: {@code PRIVATE KEY} (PKCS#8), {@code ENCRYPTED PRIVATE KEY} (PKCS#8 under PBES2 or scrypt, as {@code openssl pkcs8 -topk8}
 * writes it), {@code RSA PRIVATE KEY} and {@code EC PRIVATE KEY} unencrypted. The key's file must be readable by its owner
 * alone (SECURITY R11). Certificates: those of the chain's file in order, the node's own first; each must be issued by the
 * next. Validity dates are left to the TLS layer, which judges them at each handshake.
 */
public final class PemCredentials implements CredentialsReader {

    /** Makes a reader; it has no state. */
    public PemCredentials() {}

    @Override
    public String format() {
        return "pem";
    }

    @Override
    public Credentials read(Path keyFile, Path chainFile, @Nullable Secret keyPassword) {
        Objects.requireNonNull(keyFile, "keyFile");
        Objects.requireNonNull(chainFile, "chainFile");
        try {
            return readWithBouncyCastle(keyFile, chainFile, keyPassword);
        } catch (NoClassDefFoundError e) {
            throw PemCertificates.needsBouncyCastle("File " + keyFile + " cannot be read: PEM", e);
        }
    }

    private static Credentials readWithBouncyCastle(Path keyFile, Path chainFile, @Nullable Secret keyPassword) {
        byte[] pem = ProtectedFile.readSecret(keyFile);
        try {
            PrivateKey key = PemKeys.read(pem, keyFile, keyPassword);
            List<X509Certificate> chain = chainOf(chainFile);
            requireMatch(key, chain.get(0), keyFile, chainFile);
            return new Credentials(key, chain);
        } finally {
            Arrays.fill(pem, (byte) 0);
        }
    }

    private static List<X509Certificate> chainOf(Path file) {
        List<X509Certificate> chain = PemCertificates.read(file);
        for (int i = 1; i < chain.size(); i++) {
            requireIssued(chain.get(i - 1), chain.get(i), i, file);
        }
        return chain;
    }

    private static void requireIssued(X509Certificate subject, X509Certificate issuer, int position, Path file) {
        try {
            subject.verify(issuer.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new SecretUnavailableException(
                    "Certificate " + position + " in " + file + " is not issued by the one after it ("
                            + issuer.getSubjectX500Principal()
                            + "). Order the chain from the node's own certificate towards the root.",
                    e);
        }
    }

    private static void requireMatch(PrivateKey key, X509Certificate certificate, Path keyFile, Path chainFile) {
        if (!KeyProof.belongTogether(key, certificate)) {
            throw new SecretUnavailableException(
                    "The key in " + keyFile + " does not belong to the first certificate in " + chainFile + " ("
                            + certificate.getSubjectX500Principal() + "). Name the two files of one issue.");
        }
    }
}
