package dev.hypercache.security;

import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SecretSource;
import dev.hypercache.spi.security.SecretUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * Reads secrets from environment variables: {@code env:RING_KEY}.
 *
 * <p>The value is {@code base64:...}, {@code hex:...} or the secret itself in UTF-8, less one line break at the end. The JVM
 * keeps the environment for as long as it runs, so a file is the better place for a secret that is to be zeroed.
 */
public final class EnvironmentSecretSource implements SecretSource {

    private final Map<String, String> environment;

    /** Makes a source that reads the environment of this process. */
    public EnvironmentSecretSource() {
        this(System.getenv());
    }

    EnvironmentSecretSource(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String scheme() {
        return "env";
    }

    /**
     * Reads a variable.
     *
     * @param location the variable's name
     * @return the secret
     * @throws SecretUnavailableException if the variable is unset, empty or malformed
     */
    @Override
    public Secret read(String location) {
        String value = environment.get(Objects.requireNonNull(location, "location"));
        if (value == null) {
            throw new SecretUnavailableException("Environment variable " + location
                    + " is not set, but a secret is to be read from it. Set it, or name another place.");
        }
        return SecretEncoding.decode(value.getBytes(StandardCharsets.UTF_8), "Environment variable " + location);
    }

    /** Names the kind of place alone: the environment is full of secrets. */
    @Override
    public String toString() {
        return "EnvironmentSecretSource";
    }
}
