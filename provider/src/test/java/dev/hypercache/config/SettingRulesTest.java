package dev.hypercache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode=client | hypercache.mode | Set hypercache.seeds",
                "seeds=a:1 | hypercache.seeds | Set hypercache.bind for a member or hypercache.mode=client",
                "bind=a:1 seeds=dns:x:1 | hypercache.seeds | Set hypercache.bootstrap.expect",
                "bind=a:1 seeds=b:1,file:/x | hypercache.seeds | Set hypercache.bootstrap.expect",
                "replication.min=4 | hypercache.replication.min | Lower the one or raise the other",
                "replication.min=3 replication.factor=2 | hypercache.replication.min | which is 2",
                "security.tls.cert=/c | hypercache.security.tls.cert | Set hypercache.security.tls.key too",
                "security.tls.key=/k | hypercache.security.tls.key | Set hypercache.security.tls.cert too"
            })
    void contradictionsAreProblems(String given, String key, String remedy) {
        ConfigurationException e = catchThrowableOfType(ConfigurationException.class, () -> load(given));

        assertThat(e.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.source()).isEqualTo("manager properties");
            assertThat(problem.toString()).contains(remedy);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode=client seeds=a:1 | false",
                "mode=client seeds=dns:a:1 | false",
                "bind=a:1 | false",
                "bind=a:1 seeds=b:1 | false",
                "bind=a:1 seeds=dns:x:1 bootstrap.expect=3 | false",
                "replication.min=3 | true",
                "security.tls.cert=/c security.tls.key=/k | true"
            })
    void consistentSettingsAreTaken(String given, boolean embedded) {
        assertThat(load(given).embedded()).isEqualTo(embedded);
    }

    @Test
    void rulesAreNotJudgedOnWrongValues() {
        ConfigurationException e =
                catchThrowableOfType(ConfigurationException.class, () -> load("mode=both seeds=a:1 bind=nowhere"));

        assertThat(e.problems()).extracting(Problem::key).containsExactly("hypercache.bind", "hypercache.mode");
    }

    private static Settings load(String given) {
        Properties properties = new Properties();
        for (String setting : given.trim().split(" ")) {
            properties.setProperty("hypercache." + setting.split("=")[0], setting.split("=")[1]);
        }
        return Settings.load(ManagerUri.of(null), properties, Sources.none());
    }
}
