package dev.hypercache.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Two contexts in one JVM without a ring, each with a file of its own: as in tests, or while one replaces another. */
@Timeout(60)
class TwoContextsTest {
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void contextsHaveCachesOfTheirOwnAndClosingOneHarmsNoOther() throws IOException {
        try (ConfigurableApplicationContext staying = start("staying")) {
            try (ConfigurableApplicationContext leaving = start("leaving")) {
                call(staying);
                call(leaving);
                assertThat(call(leaving)).isEqualTo(1);
            }

            assertThat(call(staying)).isEqualTo(1);
        }
    }

    private static int call(ConfigurableApplicationContext context) {
        ClockChanges changes = context.getBean(ClockChanges.class);
        changes.nextChange("Europe/Paris", NEW_YEAR);
        return changes.computations();
    }

    private ConfigurableApplicationContext start(String name) throws IOException {
        Path file = directory.resolve(name + ".properties");
        Files.writeString(file, "hypercache.cache.next-change.expiry=created:10m\n");
        return new SpringApplicationBuilder(ClockChangesApplication.class)
                .run("--spring.cache.jcache.config=" + file.toUri());
    }
}
