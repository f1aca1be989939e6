package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Peer;
import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.transport.undertow.wire.Challenge;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How the transports of a node prove to their peers that frames come from members of the cluster, without TLS: by installed keys
 * that both ends hold, a challenge, and a MAC on each frame ({@code docs/PROTOCOL.md}). That keeps strangers from taking part and
 * from changing anything; whoever can listen still reads everything.
 *
 * <p>Each connection has keys of its own, derived from the installed key that the dialling node signs with. Safe for use by any
 * threads.
 */
public final class FrameAuthentication {

    private final MessageAuthenticator authenticator;
    private final LongSupplier clockMillis;
    private final String cluster;
    private final SecureRandom random = new SecureRandom();
    private final UpgradeSigner signer;
    private final UpgradeProofs proofs;
    /** The open transports that use it: one, as a rule. */
    private final Set<MuxNode> nodes = ConcurrentHashMap.newKeySet();

    /**
     * Makes the authentication of one node.
     *
     * @param authenticator knows the installed keys; they may change at any time
     * @param clockMillis the present, in milliseconds since 1970-01-01T00:00Z; keys are valid for a time
     * @param cluster the cluster's name; nodes of other clusters derive other keys
     */
    public FrameAuthentication(MessageAuthenticator authenticator, LongSupplier clockMillis, String cluster) {
        this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
        this.clockMillis = Objects.requireNonNull(clockMillis, "clockMillis");
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        StatedKeys stated = new StatedKeys(authenticator.keys(), random);
        this.signer = stated;
        this.proofs = stated;
    }

    /**
     * Gives up the connections whose keys come from a key that was removed, in both directions: the peers learn that nothing new
     * begins on them and dial anew, with the key that signs now; so does this node. What is under way may still be answered until
     * the grace is over. Call it after the removal, so that no connection with that key begins behind it.
     *
     * @param keyId the removed key
     * @param graceMillis how long answers may take, 0 or more; then the connections are closed
     * @throws IllegalArgumentException if the grace is negative
     */
    public void endConnectionsOf(String keyId, long graceMillis) {
        Objects.requireNonNull(keyId, "keyId");
        if (graceMillis < 0) {
            throw new IllegalArgumentException("graceMillis is " + graceMillis + ": it is 0 or more.");
        }
        long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(graceMillis);
        for (MuxNode node : nodes) {
            node.connections().retire(keyId, untilNanos);
        }
    }

    void opened(MuxNode node) {
        nodes.add(node);
    }

    void closed(MuxNode node) {
        nodes.remove(node);
    }

    /** As {@link UpgradeSigner#sign}. */
    SignedUpgrade sign(Peer peer) {
        return signer.sign(peer);
    }

    /** As {@link UpgradeProofs#proofOf}. */
    @Nullable
    UpgradeProof proofOf(HttpServerExchange exchange) {
        return proofs.proofOf(exchange);
    }

    byte[] newChallenge() {
        byte[] challenge = new byte[Challenge.BYTES];
        random.nextBytes(challenge);
        return challenge;
    }

    /** The key of one direction of a connection, the caller's to zero; null if the installed key is unknown or not valid now. */
    byte @Nullable [] derive(UpgradeProof proof, byte[] challenge, String direction) {
        ByteBuffer context = Challenge.context(challenge, proof.nonce(), cluster, proof.to(), direction);
        return authenticator.derive(clockMillis.getAsLong(), proof.keyId(), context);
    }
}
