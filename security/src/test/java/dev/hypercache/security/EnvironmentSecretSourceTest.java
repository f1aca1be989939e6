package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SecretSource;
import dev.hypercache.spi.security.SecretSourceContract;
import dev.hypercache.spi.security.SecretUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EnvironmentSecretSourceTest extends SecretSourceContract {

    private final Map<String, String> environment = new HashMap<>();

    @Override
    protected SecretSource create() {
        return new EnvironmentSecretSource(environment);
    }

    @Override
    protected String plant(byte[] secret) {
        environment.put("RING_KEY", new String(secret, StandardCharsets.US_ASCII));
        return "RING_KEY";
    }

    @Override
    protected String absentLocation() {
        return "NO_SUCH_VARIABLE";
    }

    @Test
    void valueIsTheSecretInUtf8() {
        environment.put("PASSWORD", "grüße");

        assertThat(create().read("PASSWORD")).isEqualTo(Secret.copyOf("grüße".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void encodedValueIsDecoded() {
        environment.put("RING_KEY", "hex:00ff10");

        assertThat(create().read("RING_KEY")).isEqualTo(Secret.copyOf(new byte[] {0, -1, 0x10}));
    }

    @Test
    void processEnvironmentIsReadByDefault() {
        String path = System.getenv("PATH");

        assertThat(new EnvironmentSecretSource().read("PATH"))
                .isEqualTo(Secret.copyOf(path.getBytes(StandardCharsets.UTF_8)));
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> new EnvironmentSecretSource().read("HYPERCACHE_NO_SUCH_VARIABLE"))
                .withMessage(
                        "Environment variable HYPERCACHE_NO_SUCH_VARIABLE is not set, but a secret is to be read from"
                                + " it. Set it, or name another place.");
    }
}
