package dev.hypercache.spi.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SecretTest {

    private static final byte[] BYTES = "correct horse battery staple 123".getBytes(StandardCharsets.US_ASCII);

    @Test
    void secretsAreEqualByContent() {
        assertThat(Secret.copyOf(BYTES)).isEqualTo(Secret.copyOf(BYTES)).hasSameHashCodeAs(Secret.copyOf(BYTES));
        assertThat(Secret.copyOf(BYTES)).isNotEqualTo(Secret.copyOf(new byte[BYTES.length]));
        assertThat(Secret.copyOf(BYTES)).isNotEqualTo(Secret.copyOf(new byte[1]));
    }

    @Test
    void secretIsNeverPrintedOrSerialized() {
        SigningKey key = SigningKey.unlimited("k1", Secret.copyOf(BYTES), Role.MEMBER);

        assertThat(Secret.copyOf(BYTES)).hasToString("Secret[redacted]").isNotInstanceOf(Serializable.class);
        assertThat(key.toString()).contains("k1", "redacted").doesNotContain("horse");
        assertThat(new Signature("k1", BYTES).toString())
                .doesNotContain("horse")
                .doesNotContain("99, 111");
    }

    @Test
    void callersArrayIsNotTheSecretsArray() {
        byte[] mine = BYTES.clone();
        Secret secret = Secret.copyOf(mine);

        mine[0] = 0;

        assertThat(secret).isEqualTo(Secret.copyOf(BYTES));
    }

    @Test
    void lentBytesAreZeroedAfterUseEvenIfItFails() {
        Secret secret = Secret.copyOf(BYTES);
        AtomicReference<byte[]> kept = new AtomicReference<>(BYTES);

        assertThatIllegalStateException()
                .isThrownBy(() -> secret.use(bytes -> {
                    assertThat(bytes).isEqualTo(BYTES);
                    kept.set(bytes);
                    throw new IllegalStateException("failed midway");
                }));

        assertThat(kept.get()).containsOnly(0);
        assertThat(secret.<Integer>use(bytes -> bytes.length)).isEqualTo(BYTES.length);
    }

    @Test
    void destroyedSecretLendsNothingAndEqualsNoOther() {
        Secret secret = Secret.copyOf(new byte[32]);
        Secret other = Secret.copyOf(new byte[32]);

        secret.destroy();
        secret.destroy();

        assertThat(secret.isDestroyed()).isTrue();
        assertThat(secret).isNotEqualTo(other);
        assertThat(other).isNotEqualTo(secret);
        assertThat(secret.length()).isEqualTo(32);
        assertThatIllegalStateException()
                .isThrownBy(() -> secret.use(bytes -> bytes[0]))
                .withMessageContaining("destroyed");
    }

    @Test
    void emptySecretIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.copyOf(new byte[0]))
                .withMessageContaining("empty");
    }

    @Test
    void keyTooShortOrTooLongIsRefusedWithTheRemedy() {
        for (int length : new int[] {1, 31, 65}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SigningKey.unlimited("k1", Secret.copyOf(new byte[length]), Role.MEMBER))
                    .withMessageContaining("\"k1\" has " + length + " bytes")
                    .withMessageContaining("openssl rand -hex 32");
        }
    }

    @Test
    void keyIsValidFromItsFirstMomentToItsLast() {
        SigningKey key = new SigningKey("k1", Secret.copyOf(BYTES), Role.MEMBER, 10, 20);

        assertThat(key.isValidAt(9)).isFalse();
        assertThat(key.isValidAt(10)).isTrue();
        assertThat(key.isValidAt(20)).isTrue();
        assertThat(key.isValidAt(21)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SigningKey("k1", Secret.copyOf(BYTES), Role.MEMBER, 20, 10))
                .withMessageContaining("k1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.unlimited("k 1", Secret.copyOf(BYTES), Role.MEMBER))
                .withMessageContaining("k 1");
    }
}
