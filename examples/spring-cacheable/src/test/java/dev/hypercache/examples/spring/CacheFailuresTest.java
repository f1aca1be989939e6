package dev.hypercache.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Caches fail under calls that have nothing to do with them. */
@Timeout(60)
class CacheFailuresTest {
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void callsGoOnAndFailuresAreCounted() throws Exception {
        Path file = Files.createFile(directory.resolve("failing.properties"));
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ClockChangesApplication.class)
                .run("--spring.cache.jcache.config=" + file.toUri())) {
            ClockChanges changes = context.getBean(ClockChanges.class);
            changes.nextChange("Europe/Paris", NEW_YEAR);
            context.getBean(CacheManager.class).close();

            assertThat(changes.nextChange("Europe/Paris", NEW_YEAR)).isEqualTo("2026-03-29T01:00:00Z");
            changes.rulesChanged();

            assertThat(changes.computations()).isEqualTo(2);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            for (String operation : new String[] {"get", "put", "clear"}) {
                assertThat(registry.get("cache.failures")
                                .tag("cache", "next-change")
                                .tag("operation", operation)
                                .counter()
                                .count())
                        .as(operation)
                        .isEqualTo(1);
            }
        }
    }
}
