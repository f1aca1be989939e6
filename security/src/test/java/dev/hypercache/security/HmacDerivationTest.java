package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.Signature;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.Verdict.Authentic;
import dev.hypercache.spi.security.Verdict.Reason;
import dev.hypercache.spi.security.Verdict.Rejected;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Keys that {@link HmacSigner} derives for connections. */
final class HmacDerivationTest {

    private static final long NOW = 1_700_000_000_000L;

    private final HmacSigner signer = new HmacSigner(new HmacKeys());

    /** The expected bytes come from Python's hmac module. */
    @Test
    void derivedKeyIsTheMacOfTheContext() {
        signer.keys().install(SigningKey.unlimited("k1", secret(1), Role.MEMBER));

        assertThat(HexFormat.of().formatHex(signer.derive(NOW, "k1", text("hc-mux context"))))
                .isEqualTo("1d2fd8ed941962f95b6c333964e538ba1188835b1db490acd7275ad0a4e3e0c2");
        assertThat(signer.derive(NOW, "k1", text("hc-mux "), text("context")))
                .isEqualTo(signer.derive(NOW, "k1", text("hc-mux context")));
    }

    @Test
    void otherKeysAndContextsDeriveOtherKeys() {
        signer.keys().install(SigningKey.unlimited("k1", secret(1), Role.MEMBER));
        signer.keys().install(SigningKey.unlimited("k2", secret(2), Role.MEMBER));
        byte[] derived = signer.derive(NOW, "k1", text("one"));

        assertThat(signer.derive(NOW, "k2", text("one"))).isNotEqualTo(derived);
        assertThat(signer.derive(NOW, "k1", text("two"))).isNotEqualTo(derived);
    }

    @Test
    void callersMayZeroWhatTheyGotAndContextsStayAsTheyAre() {
        signer.keys().install(SigningKey.unlimited("k1", secret(1), Role.MEMBER));
        ByteBuffer context = text("context");
        byte[] first = signer.derive(NOW, "k1", context);
        byte[] kept = first.clone();

        Arrays.fill(first, (byte) 0);

        assertThat(context.position()).isZero();
        assertThat(signer.derive(NOW, "k1", context)).isEqualTo(kept);
    }

    @Test
    void unknownKeyOrOneOutsideItsTimeDerivesNothing() {
        signer.keys().install(new SigningKey("k1", secret(1), Role.MEMBER, NOW, NOW + 10));

        assertThat(signer.derive(NOW, "stranger", text("context"))).isNull();
        assertThat(signer.derive(NOW - 1, "k1", text("context"))).isNull();
        assertThat(signer.derive(NOW + 10, "k1", text("context"))).isNotNull();
        assertThat(signer.derive(NOW + 11, "k1", text("context"))).isNull();
    }

    @Test
    void removedKeyIsDestroyedAndNeitherVerifiesNorDerives() {
        Secret secret = secret(1);
        signer.keys().install(SigningKey.unlimited("old", secret, Role.MEMBER));
        signer.keys().use("old");
        Signature signature = signer.sign(NOW, text("message"));
        assertThat(signer.verify(NOW, signature, text("message"))).isInstanceOf(Authentic.class);
        assertThat(signer.derive(NOW, "old", text("context"))).isNotNull();

        signer.keys().install(SigningKey.unlimited("new", secret(2), Role.MEMBER));
        signer.keys().use("new");
        signer.keys().remove("old");

        assertThat(secret.isDestroyed()).isTrue();
        assertThat(signer.verify(NOW, signature, text("message"))).isEqualTo(new Rejected(Reason.UNKNOWN_KEY));
        assertThat(signer.derive(NOW, "old", text("context"))).isNull();
        assertThat(signer.sign(NOW, text("message")).keyId()).isEqualTo("new");
    }

    private static Secret secret(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return Secret.copyOf(bytes);
    }

    private static ByteBuffer text(String text) {
        return StandardCharsets.US_ASCII.encode(text);
    }
}
