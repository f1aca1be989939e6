package dev.hypercache.transport.auth;

import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.Signature;
import dev.hypercache.spi.security.SigningKeys.KeyStatus;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Signs requests (RFC 9421 §3.1) in the profile of {@code docs/SIGNING.md}.
 *
 * <p>Safe for use by several threads; does not wait.
 */
public final class RequestSigner {

    /** A key that another one replaces while it signs is met once; several times in a row is no rotation. */
    private static final int ATTEMPTS = 4;

    private static final long MILLIS_PER_SECOND = 1_000;

    private final MessageAuthenticator authenticator;
    private final RandomGenerator random;
    private final LongSupplier clock;
    private final String cluster;

    /**
     * Makes a signer.
     *
     * @param authenticator holds the keys
     * @param random makes nonces: unpredictable and safe for all threads that sign, as {@link java.security.SecureRandom} is
     * @param clock tells the milliseconds since 1970-01-01T00:00Z
     * @param cluster the cluster's name, 1 to 128 of {@code A-Z a-z 0-9 . _ -}
     * @throws IllegalArgumentException if the name has another form
     */
    public RequestSigner(
            MessageAuthenticator authenticator, RandomGenerator random, LongSupplier clock, String cluster) {
        this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
        this.random = Objects.requireNonNull(random, "random");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.cluster = Part.CLUSTER.require(cluster);
    }

    /**
     * Signs a request with the key in use, for one node and the next 30 seconds.
     *
     * @param head what is sent
     * @param target the name of the node that it is for; as long as that is unknown, the {@code host:port} that is dialled,
     *     which has to be the one that the node advertises
     * @param body the digest of the whole body, also of an empty one
     * @return what to add to the request
     * @throws IllegalArgumentException if the target is none
     * @throws IllegalStateException if no key is in use, or the one in use is not valid now
     */
    public SignatureFields sign(RequestHead head, String target, BodyDigest body) {
        Map<Part, String> parts = head.parts();
        parts.put(Part.CONTENT_DIGEST, body.toField());
        parts.put(Part.CLUSTER, cluster);
        parts.put(Part.TARGET, Part.TARGET.require(target));
        SignedHead signed = new SignedHead(parts);
        for (int i = 0; i < ATTEMPTS; i++) {
            long nowMillis = clock.getAsLong();
            SignatureInput input = new SignatureInput(
                    signed.hasContentType(),
                    Math.floorDiv(nowMillis, MILLIS_PER_SECOND),
                    keyInUse(),
                    Nonce.next(random));
            ByteBuffer base = signed.base(input);
            Signature signature = authenticator.sign(nowMillis, base);
            if (signature.keyId().equals(input.keyId())) {
                return new SignatureFields(
                        signed.contentDigest(),
                        cluster,
                        signed.target(),
                        input.toString(),
                        SignatureText.of(signature.bytes()));
            }
        }
        throw new IllegalStateException("The key in use changed " + ATTEMPTS
                + " times while one request was signed. Let a rotation reach all nodes before the next one.");
    }

    /** The id is part of what is signed, so it has to be known before. */
    private String keyInUse() {
        for (KeyStatus key : authenticator.keys().status()) {
            if (key.signs()) {
                return key.id();
            }
        }
        throw new IllegalStateException(
                "No key signs: nothing can be sent that peers would believe. Install a key and use it.");
    }
}
