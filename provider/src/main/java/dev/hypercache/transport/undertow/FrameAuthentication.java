package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Peer;
import dev.hypercache.transport.auth.BodyDigest;
import dev.hypercache.transport.auth.RequestHead;
import dev.hypercache.transport.auth.RequestVerdict.Accepted;
import dev.hypercache.transport.auth.SignatureFields;
import dev.hypercache.transport.auth.SignedCalls;
import dev.hypercache.transport.http.CallerCheck;
import dev.hypercache.transport.undertow.wire.Challenge;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the transport of a node proves to its peers that frames come from members of the cluster, without TLS: by keys that both
 * ends hold, a challenge, and a MAC on each frame ({@code docs/PROTOCOL.md}). That keeps strangers from taking part and from
 * changing anything; whoever can listen still reads everything.
 *
 * <p>Each connection has keys of its own, derived from the key that its request was signed with. Safe for use by any threads.
 */
final class FrameAuthentication {

    private static final HttpString TO = new HttpString("HC-To");

    private final SignedCalls calls;
    private final SecureRandom random = new SecureRandom();

    FrameAuthentication(SignedCalls calls) {
        this.calls = calls;
    }

    /**
     * Signs a request for a connection with a peer.
     *
     * @throws IllegalStateException if no key signs
     */
    SignedUpgrade sign(Peer peer) {
        RequestHead head = new RequestHead("GET", peer.address().toString(), MuxDoor.PATH, "", null);
        SignatureFields fields = calls.signer().sign(head, peer.id().name(), new BodyDigest());
        Map<String, String> headers = new HashMap<>();
        fields.forEach(headers::put);
        return new SignedUpgrade(new UpgradeProof(fields.keyId(), fields.nonce().toString(), fields.target()), headers);
    }

    /** What a request that passed the gate says; null if it is not signed. */
    @Nullable
    UpgradeProof proofOf(HttpServerExchange exchange) {
        Accepted accepted = CallerCheck.signatureOf(exchange);
        String to = exchange.getRequestHeaders().getFirst(TO);
        return accepted == null || to == null
                ? null
                : new UpgradeProof(accepted.keyId(), accepted.nonce().toString(), to);
    }

    byte[] newChallenge() {
        byte[] challenge = new byte[Challenge.BYTES];
        random.nextBytes(challenge);
        return challenge;
    }

    /** The key of one direction of a connection, the caller's to zero; null if the shared key is unknown or not valid now. */
    byte @Nullable [] derive(UpgradeProof proof, byte[] challenge, String direction) {
        ByteBuffer context = Challenge.context(challenge, proof.nonce(), calls.cluster(), proof.to(), direction);
        return calls.keys().authenticator().derive(calls.clockMillis().getAsLong(), proof.keyId(), context);
    }
}
