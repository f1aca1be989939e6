package dev.hypercache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Precedence, unknown keys, wrong values: what is reported, how, and that all of it is. */
final class SettingsSourcesTest {
    @TempDir
    private Path directory;

    @Test
    void laterSourcesBeatEarlierOnes() throws IOException {
        Path file = file("hypercache.node.name=file\nhypercache.node.zone=file\nhypercache.cluster.name=file\n"
                + "hypercache.hold.max=1s\n");
        Map<String, String> environment = Map.of(
                "HYPERCACHE_CONFIG", file.toString(),
                "HYPERCACHE_NODE_NAME", "env",
                "HYPERCACHE_NODE_ZONE", "env",
                "HYPERCACHE_CLUSTER_NAME", "env");
        Properties system = properties("hypercache.node.name", "sys", "hypercache.node.zone", "sys");
        Properties manager = properties("hypercache.node.name", "mgr");

        Settings settings = Settings.load(ManagerUri.of(null), manager, new Sources(environment, system, null));

        assertThat(settings.text(Setting.NODE_NAME)).isEqualTo("mgr");
        assertThat(settings.text(Setting.NODE_ZONE)).isEqualTo("sys");
        assertThat(settings.text(Setting.CLUSTER_NAME)).isEqualTo("env");
        assertThat(settings.holdMax()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void uriBeatsManagerProperties() {
        Properties manager =
                properties("hypercache.cluster.name", "props", "hypercache.seeds", "x:1", "hypercache.mode", "client");

        Settings settings = load("hypercache://a:1;b:2/orders", manager);

        assertThat(settings.text(Setting.CLUSTER_NAME)).isEqualTo("orders");
        assertThat(settings.list(Setting.SEEDS)).containsExactly("a:1", "b:2");
        assertThat(settings.embedded()).isFalse();
        assertThat(settings.nodeName()).isEqualTo("client");
    }

    @Test
    void emptyVariablesCountAsUnset() {
        Sources sources = new Sources(Map.of("HYPERCACHE_BIND", " "), new Properties(), null);

        assertThat(Settings.load(ManagerUri.of(null), null, sources).embedded()).isTrue();
    }

    @Test
    void unknownVariablesAndSystemPropertiesAreWarnings() {
        Sources sources = new Sources(
                Map.of("HYPERCACHE_SERVICE_HOST", "10.0.0.1", "HYPERCACHE_SIM_SEED", "1", "PATH", "/bin"),
                properties("hypercache.sim.seed", "1", "hypercache.hold.mx", "1s", "java.io.tmpdir", "/tmp"),
                null);

        List<String> warnings =
                Settings.load(ManagerUri.of(null), null, sources).warnings();

        assertThat(warnings)
                .satisfiesExactlyInAnyOrder(
                        warning -> assertThat(warning).contains("HYPERCACHE_SERVICE_HOST", "docs/CONFIG.md"),
                        warning -> assertThat(warning)
                                .contains(
                                        "hypercache.hold.mx", "system property", "Did you mean hypercache.hold.max?"));
    }

    @Test
    void unknownKeyInManagerPropertiesNamesTheNearest() {
        ConfigurationException e = failure("hypercache:default", properties("hypercache.request.timeot", "5s"));

        assertThat(e).isInstanceOf(CacheException.class);
        assertThat(e.code()).isEqualTo("CONFIGURATION_INVALID");
        assertThat(e)
                .hasMessage("CONFIGURATION_INVALID: hypercache.request.timeot (manager properties): no setting has this"
                        + " key. Did you mean hypercache.request.timeout? docs/CONFIG.md lists the keys.");
    }

    @Test
    void unknownKeyOfACacheNamesTheNearestWithTheCache() {
        ConfigurationException e =
                failure("hypercache:default", properties("hypercache.cache.books.by-id.max.entrys", "5"));

        assertThat(e).hasMessageContaining("Did you mean hypercache.cache.books.by-id.max.entries?");
    }

    @Test
    void keyFarFromEveryOtherPointsToTheTable() {
        ConfigurationException e = failure("hypercache:default", properties("hypercache.zzzzzzzzzzzz", "5"));

        assertThat(e)
                .hasMessageContaining("Remove it; docs/CONFIG.md lists the keys.")
                .hasMessageNotContaining("mean");
    }

    @Test
    void otherKeysInManagerPropertiesBelongToTheApplication() {
        Properties manager = properties("my.key", "x", "hypercache.node.name", "n");
        manager.put("live", new Object());
        manager.put(42, "not a string key");

        assertThat(load("hypercache:default", manager).nodeName()).isEqualTo("n");
        assertThat(manager).hasSize(4);
    }

    @Test
    void defaultsOfManagerPropertiesCount() {
        Properties manager = new Properties(properties("hypercache.node.name", "inherited"));

        assertThat(load("hypercache:default", manager).nodeName()).isEqualTo("inherited");
    }

    @Test
    void otherKeysInFilesAreErrors() throws IOException {
        Path file = file("request.timeout=5s\n");

        assertThat(failure(file.toUri().toString(), null))
                .hasMessageContaining("request.timeout")
                .hasMessageContaining(file.toUri().toString())
                .hasMessageContaining("Did you mean hypercache.request.timeout?");
    }

    @Test
    void fileCannotNameAnotherFile() throws IOException {
        Path file = file("hypercache.config=other.properties\n");

        assertThat(failure(file.toUri().toString(), null))
                .hasMessageContaining("a file cannot name another file. Remove the line.");
    }

    @Test
    void liveObjectsAreTakenWhereTheyMeanTheSame() {
        Properties manager = new Properties();
        manager.put("hypercache.metrics.enabled", false);
        manager.put("hypercache.node.weight", 7);
        manager.put("hypercache.hint.max.bytes", 1024L);
        manager.put("hypercache.hold.max", Duration.ofSeconds(9));
        manager.put("hypercache.bind", InetSocketAddress.createUnresolved("h", 1));
        manager.put("hypercache.codec.default", CodecDefault.JAVA);
        manager.put("hypercache.codec.java.allow", List.of("a.*"));
        manager.put("hypercache.seeds", new String[] {"a:1", "b:2"});
        manager.put("hypercache.security.tls.trust", URI.create("file:/t.pem"));

        Settings settings = load("hypercache:default", manager);

        assertThat(settings.metricsEnabled()).isFalse();
        assertThat(settings.number(Setting.NODE_WEIGHT)).isEqualTo(7);
        assertThat(settings.number(Setting.HINT_MAX_BYTES)).isEqualTo(1024);
        assertThat(settings.holdMax()).isEqualTo(Duration.ofSeconds(9));
        assertThat(settings.nodeName()).isEqualTo("h:1");
        assertThat(settings.codecDefault()).isEqualTo(CodecDefault.JAVA);
        assertThat(settings.javaAllowPatterns()).containsExactly("a.*");
        assertThat(settings.list(Setting.SEEDS)).containsExactly("a:1", "b:2");
        assertThat(settings.text(Setting.TLS_TRUST)).isEqualTo("file:/t.pem");
    }

    @Test
    void otherLiveObjectsAreRefusedByTheirClass() {
        Properties manager = new Properties();
        manager.put("hypercache.hold.max", 30);
        manager.put("hypercache.node.name", TimeUnit.DAYS);
        manager.put("hypercache.node.weight", 1.5);
        manager.put("hypercache.seeds", new ArrayList<>(List.of("a:1", 2)));
        manager.put("hypercache.request.timeout", Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(failure("hypercache:default", manager).problems())
                .extracting(Problem::key, Problem::value)
                .containsExactlyInAnyOrder(
                        tuple("hypercache.hold.max", "an object of java.lang.Integer"),
                        tuple("hypercache.node.name", "an object of java.util.concurrent.TimeUnit"),
                        tuple("hypercache.node.weight", "an object of java.lang.Double"),
                        tuple("hypercache.seeds", "an object of java.util.ArrayList"),
                        tuple("hypercache.request.timeout", "an object of java.time.Duration"));
    }

    @Test
    void allProblemsOfAllSourcesAreReportedAtOnce() throws IOException {
        Path file = file("hypercache.ring.slots=1000\nhypercache.nod.name=x\n");
        Sources sources = new Sources(
                Map.of("HYPERCACHE_NODE_WEIGHT", "heavy", "HYPERCACHE_CACHE_BOOKS_EXPIRY", "soon"),
                properties("hypercache.hold.max", "2h", "hypercache.config", file.toString()),
                null);
        Properties manager = properties("hypercache.request.timeout", "0ms", "hypercache.cache..expiry", "eternal");

        ConfigurationException e = catchThrowableOfType(
                ConfigurationException.class, () -> Settings.load(ManagerUri.of(null), manager, sources));

        assertThat(e.problems())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        "hypercache.cache..expiry",
                        "hypercache.request.timeout",
                        "hypercache.hold.max",
                        "hypercache.node.weight",
                        "hypercache.cache.<name>.expiry",
                        "hypercache.nod.name",
                        "hypercache.ring.slots");
        assertThat(e)
                .hasMessageStartingWith("CONFIGURATION_INVALID: 7 problems\n  1. ")
                .hasMessageContaining(
                        "hypercache.hold.max = '2h' (system property): must be a duration from 10ms to 1h,"
                                + " written like 500ms, 5s, 1m, 1h, 1d or PT5S. Correct it, or leave the key out for the default"
                                + " 30s.")
                .hasMessageContaining(
                        "(environment variable HYPERCACHE_NODE_WEIGHT): must be a whole number from 1 to" + " 10000")
                .hasMessageContaining("hypercache.ring.slots = '1000' (" + file + "): must be a power of two");
    }

    @Test
    void emptyValuesAreErrors() {
        assertThat(failure("hypercache:default", properties("hypercache.security.tls.cert", " ")))
                .hasMessageContaining("hypercache.security.tls.cert = ''");
    }

    @Test
    void wrongValueIsAProblemAlsoWhenAStrongerSourceHidesIt() {
        Sources sources = new Sources(Map.of(), properties("hypercache.hold.max", "long"), null);
        Properties manager = properties("hypercache.hold.max", "1s");

        assertThatThrownBy(() -> Settings.load(ManagerUri.of(null), manager, sources))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("hypercache.hold.max = 'long'");
    }

    @Test
    void secretsAndMisspeltSecretsAreNeverShown() {
        Properties manager = properties(
                "hypercache.security.tls.key-password.file", "",
                "hypercache.security.tls.key-pasword", "hunter2",
                "hypercache.security.tls.key", "hunter3");

        ConfigurationException e = failure("hypercache:default", manager);
        Settings settings = load(
                "hypercache:default",
                properties("hypercache.security.bearer.file", "hunter4", "hypercache.node.name", "shown"));

        assertThat(e).hasMessageContaining("key-pasword").hasMessageNotContaining("hunter");
        assertThat(settings.toString())
                .contains("hypercache.security.bearer.file = ***", "shown")
                .doesNotContain("hunter");
    }

    @Test
    void longValuesAreCutInMessages() {
        ConfigurationException e = failure("hypercache:default", properties("hypercache.node.name", "x".repeat(5000)));

        assertThat(e.getMessage()).hasSizeLessThan(1000).contains("… (5000 characters)");
    }

    @Test
    void clientIsRefusedWhereOnlyMembersExist() {
        Settings client = load(
                "hypercache:default", properties("hypercache.mode", "client", "hypercache.seeds", "127.0.0.1:7401"));

        assertThatThrownBy(client::requireMember)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("hypercache.mode = 'client' (manager properties)")
                .hasMessageContaining("Remove the key");
    }

    @Test
    void nothingGivenLoadsOnlyWhatTheDefaultsNeed() throws ReflectiveOperationException {
        String own = "dev.hypercache.config.";
        IsolatedLoader loader = new IsolatedLoader(
                own + "ConfigFile",
                own + "SettingRules",
                own + "LiveValue",
                own + "ValueNotation",
                own + "IsoDuration");

        assertThatCode(() -> loader.run(Defaults.class)).doesNotThrowAnyException();
    }

    /** What a manager without any configuration asks for. */
    static final class Defaults implements Runnable {
        @Override
        public void run() {
            Settings settings = Settings.load(ManagerUri.of(null), new Properties(), Sources.none());
            settings.requireMember();
            settings.requestTimeout();
            settings.codecDefault();
            settings.cache("books").maxEntries();
        }
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("test.properties"), text);
    }

    private static Settings load(String uri, Properties manager) {
        return Settings.load(ManagerUri.of(URI.create(uri)), manager, Sources.none());
    }

    private static ConfigurationException failure(String uri, Properties manager) {
        return catchThrowableOfType(
                ConfigurationException.class,
                () -> Settings.load(ManagerUri.of(URI.create(uri)), manager, Sources.none()));
    }

    private static Properties properties(String... keysAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }
}
