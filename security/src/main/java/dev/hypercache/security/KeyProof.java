package dev.hypercache.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** Finds out whether a private key and a certificate are two halves of one pair: one signs, the other verifies. */
final class KeyProof {

    private static final byte[] PROBE =
            "hypercache: do key and certificate belong together?".getBytes(StandardCharsets.US_ASCII);

    private KeyProof() {}

    /**
     * Signs with one and verifies with the other.
     *
     * @param key the private key
     * @param certificate the certificate with the public key
     * @return whether they belong together
     */
    static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        try {
            Signature signature = Signature.getInstance(algorithmFor(key));
            signature.initSign(key, new SecureRandom());
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
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
