package dev.hypercache.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever the sources say, the answer is settings or a {@link ConfigurationException} whose problems are complete. */
final class SettingsFuzzTest {
    private static final int ROUNDS = 2_000;
    private static final List<String> PIECES = List.of(
            "",
            "*",
            ".",
            ":",
            "::",
            ";",
            ",",
            "/",
            "\\",
            "%",
            "%zz",
            " ",
            "\n",
            "\u0000",
            "ä",
            "'",
            "\"",
            "{",
            "=",
            "-1",
            "0",
            "1",
            "9999999999999999999",
            "5s",
            "5m",
            "PT1S",
            "P",
            "64MB",
            "1GB/s",
            "on",
            "OFF",
            "ONE",
            "host:1",
            "[::1]:2",
            "dns:a:1",
            "file:",
            "file:/x",
            "classpath:",
            "jar:file:/x!/y",
            "http:",
            "created:",
            "eternal",
            "client",
            "a");

    @RepeatedTest(5)
    void answerIsSettingsOrOneException(RepetitionInfo repetition) {
        long seed = 7_919L * repetition.getCurrentRepetition();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int failures = 0;
        for (int round = 0; round < ROUNDS; round++) {
            failures += loads(random) ? 0 : 1;
        }
        assertThat(failures).as("seed %d", seed).isBetween(ROUNDS / 10, ROUNDS);
    }

    private static boolean loads(RandomGenerator random) {
        Properties manager = new Properties();
        Properties system = new Properties();
        Map<String, String> environment = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            manager.put(key(random), random.nextInt(5) == 0 ? live(random) : text(random));
            system.setProperty(key(random), text(random));
            environment.put(KeyIndex.variable(key(random)), text(random));
        }
        try {
            ManagerUri uri = ManagerUri.of(random.nextBoolean() ? null : uri(random));
            Settings settings = Settings.load(uri, manager, new Sources(environment, system, null));
            settings.cache(text(random)).expiry();
            assertThat(settings.toString()).isNotEmpty();
            return true;
        } catch (ConfigurationException e) {
            assertThat(e.problems()).isNotEmpty();
            assertThat(e.problems())
                    .allSatisfy(problem -> assertThat(problem.remedy()).isNotEmpty());
            return false;
        }
    }

    private static String key(RandomGenerator random) {
        Setting setting = Setting.at(random.nextInt(Setting.count()));
        String key = setting.isPerCache() ? "hypercache.cache." + text(random) + "." + setting.key() : setting.key();
        return switch (random.nextInt(6)) {
            case 0 -> key + text(random);
            case 1 -> "hypercache." + text(random);
            case 2 -> text(random);
            default -> key;
        };
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static Object live(RandomGenerator random) {
        Object[] objects = {
            1, -1L, 1.5, true, new Object(), List.of(), List.of("a:1"), new Object[] {null}, CodecDefault.AUTO
        };
        return objects[random.nextInt(objects.length)];
    }

    private static URI uri(RandomGenerator random) {
        String[] starts = {"hypercache:", "hypercache://", "file:", "", "jar:file:/"};
        try {
            return new URI(starts[random.nextInt(starts.length)] + text(random));
        } catch (URISyntaxException notOne) {
            return URI.create("hypercache:x");
        }
    }
}
