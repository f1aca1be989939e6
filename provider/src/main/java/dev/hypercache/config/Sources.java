package dev.hypercache.config;

import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a manager: the places besides its URI and {@code Properties} that settings come from.
 *
 * @param environment environment variables
 * @param systemProperties system properties of the JVM
 * @param classLoader where class-path locations are looked up before the provider's own loader; null for only there
 */
public record Sources(
        Map<String, String> environment,
        Properties systemProperties,
        @Nullable ClassLoader classLoader) {
    public Sources {
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(systemProperties, "systemProperties");
    }

    /** The environment and system properties of this JVM as they are now. */
    public static Sources ofJvm(@Nullable ClassLoader classLoader) {
        return new Sources(System.getenv(), System.getProperties(), classLoader);
    }

    /** Nothing given anywhere. */
    public static Sources none() {
        return new Sources(Map.of(), new Properties(), null);
    }
}
