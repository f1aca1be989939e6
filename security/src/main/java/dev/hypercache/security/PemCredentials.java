package dev.hypercache.security;

import dev.hypercache.spi.security.Credentials;
import dev.hypercache.spi.security.CredentialsReader;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SecretUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
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

    private static final byte[] PROBE =
            "hypercache: do key and certificate belong together?".getBytes(StandardCharsets.US_ASCII);

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
            throw new SecretUnavailableException(
                    "File " + keyFile + " cannot be read: PEM needs Bouncy Castle, which is not on the class path."
                            + " Add the dependency org.bouncycastle:bcpkix-jdk18on.",
                    e);
        }
    }

    private static Credentials readWithBouncyCastle(Path keyFile, Path chainFile, @Nullable Secret keyPassword) {
        List<X509Certificate> chain = chainOf(chainFile);
        byte[] pem = ProtectedFile.readSecret(keyFile);
        try {
            PrivateKey key = PemKeys.read(pem, keyFile, keyPassword);
            requireMatch(key, chain.get(0), keyFile, chainFile);
            return new Credentials(key, chain);
        } finally {
            Arrays.fill(pem, (byte) 0);
        }
    }

    private static List<X509Certificate> chainOf(Path file) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] block : PemKeys.blocks(ProtectedFile.readPublic(file), "CERTIFICATE")) {
                Certificate certificate = factory.generateCertificate(new ByteArrayInputStream(block));
                chain.add((X509Certificate) certificate);
            }
        } catch (CertificateException | IOException e) {
            throw new SecretUnavailableException(
                    "File " + file + " holds a malformed certificate. Write the chain in PEM, the node's own first.",
                    e);
        }
        if (chain.isEmpty()) {
            throw new SecretUnavailableException("File " + file
                    + " holds no block BEGIN CERTIFICATE. Write the chain in PEM, the node's own first.");
        }
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
        boolean match;
        try {
            Signature signature = Signature.getInstance(algorithmFor(key));
            signature.initSign(key, new SecureRandom());
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            match = signature.verify(signed);
        } catch (GeneralSecurityException e) {
            match = false;
        }
        if (!match) {
            throw new SecretUnavailableException(
                    "The key in " + keyFile + " does not belong to the first certificate in " + chainFile + " ("
                            + certificate.getSubjectX500Principal() + "). Name the two files of one issue.");
        }
    }

    private static String algorithmFor(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
