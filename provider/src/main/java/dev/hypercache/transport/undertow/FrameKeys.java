package dev.hypercache.transport.undertow;

import dev.hypercache.transport.undertow.wire.Challenge;
import dev.hypercache.transport.undertow.wire.FrameMac;
import org.jspecify.annotations.Nullable;

/**
 * The two keys of one connection whose request was signed: how they come about, and how they end. Belongs to the connection's
 * thread, but for what says otherwise.
 */
final class FrameKeys {

    private final FrameAuthentication authentication;
    private final UpgradeProof proof;

    private volatile boolean inForce;

    FrameKeys(FrameAuthentication authentication, UpgradeProof proof) {
        this.authentication = authentication;
        this.proof = proof;
    }

    byte[] newChallenge() {
        return authentication.newChallenge();
    }

    /** Protects both directions of the side that dialled; false if the installed key is unknown or not valid any more. */
    boolean protectDialled(MuxConnection connection, byte[] challenge) {
        return protect(connection, challenge, Challenge.DIALLED, Challenge.ACCEPTED);
    }

    /** Protects both directions of the side that was dialled; false likewise. */
    boolean protectAccepted(MuxConnection connection, byte[] challenge) {
        return protect(connection, challenge, Challenge.ACCEPTED, Challenge.DIALLED);
    }

    private boolean protect(MuxConnection connection, byte[] challenge, String outgoing, String incoming) {
        FrameMac sealing = macOf(challenge, outgoing);
        FrameMac opening = macOf(challenge, incoming);
        if (sealing == null || opening == null) {
            return false;
        }
        connection.outbox().protect(sealing);
        connection.reader().protect(opening);
        return true;
    }

    private @Nullable FrameMac macOf(byte[] challenge, String direction) {
        byte[] key = authentication.derive(proof, challenge, direction);
        return key == null ? null : FrameMac.of(key);
    }

    /** What is said first has been said: from now on any thread may say something. */
    void enterIntoForce() {
        inForce = true;
    }

    /** Whether other threads than the connection's own may say something; asked by any thread. */
    boolean isInForce() {
        return inForce;
    }

    /** Why there are no keys. */
    String absence() {
        return "key \"" + proof.keyId() + "\" is unknown here or not valid now";
    }

    /** Whether the keys come from the named one; asked by any thread. */
    boolean comeFrom(String keyId) {
        return proof.keyId().equals(keyId);
    }
}
