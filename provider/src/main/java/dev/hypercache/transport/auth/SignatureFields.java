package dev.hypercache.transport.auth;

import java.util.function.BiConsumer;

/**
 * The fields that make a request a signed one. Each is added once, and none of them may be there before.
 *
 * @param contentDigest value of {@code Content-Digest}
 * @param cluster value of {@code HC-Cluster}
 * @param target value of {@code HC-To}
 * @param signatureInput value of {@code Signature-Input}
 * @param signature value of {@code Signature}
 */
public record SignatureFields(
        String contentDigest, String cluster, String target, String signatureInput, String signature) {

    /**
     * Hands over each field.
     *
     * @param add takes name and value
     */
    public void forEach(BiConsumer<String, String> add) {
        add.accept("Content-Digest", contentDigest);
        add.accept("HC-Cluster", cluster);
        add.accept("HC-To", target);
        add.accept("Signature-Input", signatureInput);
        add.accept("Signature", signature);
    }

    /** Leaves the signature out: with it a log line could be replayed. */
    @Override
    public String toString() {
        return "SignatureFields[to " + target + " of " + cluster + ", " + signatureInput + "]";
    }
}
