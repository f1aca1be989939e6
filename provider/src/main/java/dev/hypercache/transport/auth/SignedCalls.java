package dev.hypercache.transport.auth;

import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.SigningKeys.KeyStatus;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Signs what a node sends and verifies what it gets, with keys that it shares with others. The keys behind it may change at any
 * time.
 *
 * @param keys the keys
 * @param signer signs requests
 * @param verifier verifies them
 * @param cluster the cluster's name
 * @param clockMillis the present, in milliseconds since 1970-01-01T00:00Z
 */
public record SignedCalls(
        LiveKeys keys, RequestSigner signer, RequestVerifier verifier, String cluster, LongSupplier clockMillis) {

    /** Checks for nulls. */
    public SignedCalls {
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(signer, "signer");
        Objects.requireNonNull(verifier, "verifier");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(clockMillis, "clockMillis");
    }

    /**
     * Makes signer and verifier of one node.
     *
     * @param keys the keys
     * @param cluster the cluster's name
     * @param names what requests may be addressed to: the node's name and the {@code host:port} that it advertises
     * @param clockMillis the present, in milliseconds since 1970-01-01T00:00Z
     * @return both
     * @throws IllegalArgumentException if a name has a form that cannot be signed
     */
    public static SignedCalls of(LiveKeys keys, String cluster, Set<String> names, LongSupplier clockMillis) {
        MessageAuthenticator authenticator = keys.authenticator();
        SecureRandom random = new SecureRandom();
        ReplayMemory memory = new ReplayMemory(ReplayMemory.NONCES_DEFAULT, random.nextLong());
        return new SignedCalls(
                keys,
                new RequestSigner(authenticator, random, clockMillis, cluster),
                RequestVerifier.create(authenticator, cluster, names, clockMillis, memory),
                cluster,
                clockMillis);
    }

    /**
     * Tells until when a key counts.
     *
     * @param keyId the key
     * @return the last moment, in milliseconds since 1970-01-01T00:00Z; the past if it is unknown
     */
    public long untilMillis(String keyId) {
        for (KeyStatus key : keys.status()) {
            if (key.id().equals(keyId)) {
                return key.notAfterMillis();
            }
        }
        return Long.MIN_VALUE;
    }

    /**
     * Verifies the head of a request.
     *
     * @return what was accepted
     * @throws RejectedCallerException if it is not to be believed
     */
    public RequestVerdict.Accepted requireHead(String method, String path, String query, FieldLookup fields)
            throws RejectedCallerException {
        return require(verifier.verifyHead(method, path, query, fields));
    }

    /**
     * Verifies the body behind an accepted head, and that both are new. If so, the key counts as used.
     *
     * @param peer the address that the request came from
     * @throws RejectedCallerException if they are not
     */
    public void requireBody(RequestVerdict.Accepted head, BodyDigest body, String peer) throws RejectedCallerException {
        require(verifier.verifyBody(head, body));
        keys.used(head.keyId(), peer, clockMillis.getAsLong());
    }

    private static RequestVerdict.Accepted require(RequestVerdict verdict) throws RejectedCallerException {
        if (verdict instanceof RequestVerdict.Accepted accepted) {
            return accepted;
        }
        RequestVerdict.Refused refused = (RequestVerdict.Refused) verdict;
        String detail = refused.reason().label() + (refused.keyId() == null ? "" : " key " + refused.keyId());
        boolean isUnsure = refused.reason() == RefusalReason.FULL || refused.reason() == RefusalReason.CLOCK_SET_BACK;
        throw new RejectedCallerException(isUnsure ? Rejection.REPLAY_MEMORY_FULL : Rejection.SIGNATURE, detail);
    }
}
