package dev.hypercache.security;

import dev.hypercache.spi.security.SecretUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads the certificates of a PEM file (RFC 7468 §5); other blocks count for nothing. */
final class PemCertificates {

    private PemCertificates() {}

    /**
     * Reads a file that anybody may open.
     *
     * @param file the file
     * @return its certificates in order; at least one
     * @throws SecretUnavailableException if it is missing or too long, or a certificate is missing or malformed, or if Bouncy
     *     Castle is missing
     */
    static List<X509Certificate> read(Path file) {
        byte[] pem = ProtectedFile.readPublic(file);
        try {
            return certificatesIn(pem, file);
        } catch (NoClassDefFoundError e) {
            throw needsBouncyCastle("File " + file + " cannot be read: PEM", e);
        }
    }

    /**
     * Says that Bouncy Castle, which is optional, is missing.
     *
     * @param what the sentence so far; it ends with what needs Bouncy Castle
     * @param cause the class that was not found
     * @return the refusal with the remedy
     */
    static SecretUnavailableException needsBouncyCastle(String what, NoClassDefFoundError cause) {
        return new SecretUnavailableException(
                what + " needs Bouncy Castle, which is not on the class path."
                        + " Add the dependency org.bouncycastle:bcpkix-jdk18on.",
                cause);
    }

    private static List<X509Certificate> certificatesIn(byte[] pem, Path file) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] block : PemKeys.blocks(pem, "CERTIFICATE")) {
                Certificate certificate = factory.generateCertificate(new ByteArrayInputStream(block));
                certificates.add((X509Certificate) certificate);
            }
        } catch (CertificateException | IOException e) {
            throw new SecretUnavailableException(
                    "File " + file
                            + " holds a malformed certificate. Write certificates in PEM; a chain with the node's own first.",
                    e);
        }
        if (certificates.isEmpty()) {
            throw new SecretUnavailableException(
                    "File " + file
                            + " holds no block BEGIN CERTIFICATE. Write certificates in PEM; a chain with the node's own first.");
        }
        return certificates;
    }
}
