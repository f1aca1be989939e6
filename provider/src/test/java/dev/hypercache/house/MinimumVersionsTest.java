package dev.hypercache.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oldest versions of the libraries that read bytes of strangers (docs/SECURITY.md): older ones have known holes. */
final class MinimumVersionsTest {

    @ParameterizedTest
    @CsvSource({
        "io.undertow/undertow-core, 2.4.4",
        "org.jboss.xnio/xnio-api, 3.8.16",
        "org.jboss.xnio/xnio-nio, 3.8.16",
        "com.fasterxml.jackson.core/jackson-core, 2.22.4",
        "com.fasterxml.jackson.core/jackson-databind, 2.22.4",
        "at.yawk.lz4/lz4-java, 1.13.0",
    })
    void libraryIsNotOlderThan(String library, String least) throws IOException {
        String version = versionOf(library);

        assertThat(isAtLeast(version, least))
                .as("%s is %s, at least %s is needed", library, version, least)
                .isTrue();
    }

    @Test
    void olderVersionsAreOlder() {
        assertThat(isAtLeast("2.4.4.Final", "2.4.4")).isTrue();
        assertThat(isAtLeast("2.10.0", "2.9.9")).isTrue();
        assertThat(isAtLeast("3", "2.4.4")).isTrue();
        assertThat(isAtLeast("2.4.3.Final", "2.4.4")).isFalse();
        assertThat(isAtLeast("2.4.Final", "2.4.4")).isFalse();
        assertThat(isAtLeast("2.3.25.Final", "2.4.4")).isFalse();
    }

    /** From the jar on the class path, whatever a pom says. */
    private static String versionOf(String library) throws IOException {
        String resource = "/META-INF/maven/" + library + "/pom.properties";
        Properties properties = new Properties();
        try (InputStream in = MinimumVersionsTest.class.getResourceAsStream(resource)) {
            properties.load(Objects.requireNonNull(in, resource));
        }
        return properties.getProperty("version");
    }

    private static boolean isAtLeast(String version, String least) {
        return Arrays.compare(numbers(version), numbers(least)) >= 0;
    }

    /** The numbers before the first word, such as Final. */
    private static int[] numbers(String version) {
        return Arrays.stream(version.split("[.-]"))
                .takeWhile(part -> part.chars().allMatch(Character::isDigit))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
