package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Peer;
import dev.hypercache.spi.security.SigningKeys;
import dev.hypercache.spi.security.SigningKeys.KeyStatus;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * States in the request which key is meant, and proves nothing by that: whoever does not hold the key cannot seal the first frame
 * after the challenge. So a stranger gets as far as the challenge, and no further.
 */
final class StatedKeys implements UpgradeSigner, UpgradeProofs {

    static final String KEY = "HC-Key";
    static final String NONCE = "HC-Nonce";
    static final String TO = "HC-To";

    private static final int NONCE_BYTES = 16;
    private static final Pattern NONCE_FORM = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final int TO_LENGTH_MAX = 255;

    private static final HttpString KEY_HEADER = new HttpString(KEY);
    private static final HttpString NONCE_HEADER = new HttpString(NONCE);
    private static final HttpString TO_HEADER = new HttpString(TO);

    private final SigningKeys keys;
    private final SecureRandom random;

    StatedKeys(SigningKeys keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    @Override
    public SignedUpgrade sign(Peer peer) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        UpgradeProof proof = new UpgradeProof(
                signing(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(nonce),
                peer.id().name());
        return new SignedUpgrade(proof, Map.of(KEY, proof.keyId(), NONCE, proof.nonce(), TO, proof.to()));
    }

    private String signing() {
        for (KeyStatus key : keys.status()) {
            if (key.signs()) {
                return key.id();
            }
        }
        throw new IllegalStateException("No key signs: no peer would let this node in. Install a key and use it.");
    }

    @Override
    public @Nullable UpgradeProof proofOf(HttpServerExchange exchange) {
        String keyId = exchange.getRequestHeaders().getFirst(KEY_HEADER);
        String nonce = exchange.getRequestHeaders().getFirst(NONCE_HEADER);
        String to = exchange.getRequestHeaders().getFirst(TO_HEADER);
        boolean isWhole = keyId != null && nonce != null && to != null;
        return isWhole && isInstalled(keyId) && NONCE_FORM.matcher(nonce).matches() && to.length() <= TO_LENGTH_MAX
                ? new UpgradeProof(keyId, nonce, to)
                : null;
    }

    private boolean isInstalled(String keyId) {
        for (KeyStatus key : keys.status()) {
            if (key.id().equals(keyId)) {
                return true;
            }
        }
        return false;
    }
}
