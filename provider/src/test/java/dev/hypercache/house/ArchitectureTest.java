package dev.hypercache.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the architecture over the class files of every published module, and shows each rule something to reject. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("house")
final class ArchitectureTest {

    private JavaClasses product = new ClassFileImporter().importClasses();

    @BeforeAll
    void importProduct() {
        product = new ClassFileImporter()
                .withImportOption(ArchitectureTest::isMainCode)
                .importPackages("dev.hypercache");
    }

    @Test
    void productIsImportedAndTestsAreNot() {
        assertThat(product).extracting(JavaClass::getPackageName).contains("dev.hypercache.spi");
        assertThat(product).extracting(JavaClass::getPackageName).doesNotContain("dev.hypercache.house");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void productKeepsTheRule(String name, ArchRule rule) {
        rule.check(product);
    }

    static Stream<Arguments> rules() {
        return Map.of(
                        "package edges", ArchitectureRules.packagesUseOnlyWhatTheTableAllows(),
                        "no cycles", ArchitectureRules.packagesAreFreeOfCycles(),
                        "core stands on values", ArchitectureRules.coreStandsOnValuesOnly(),
                        "core has no clock or dice", ArchitectureRules.coreReadsNoClockAndRollsNoDice(),
                        "one reader of Java serialization", ArchitectureRules.oneCodecClassReadsJavaSerialization(),
                        "no codec on the server's path", ArchitectureRules.serverPathReachesNoCodec(),
                        "static state", ArchitectureRules.staticStateLivesInTheProviderOnly(),
                        "SPI without dependencies", ArchitectureRules.spiHasNoDependency())
                .entrySet()
                .stream()
                .map(rule -> Arguments.of(rule.getKey(), rule.getValue()));
    }

    @Test
    void rulesAcceptWhatTheArchitectureAllows(@TempDir Path directory) throws IOException {
        JavaClasses good = PlantedClasses.compile(
                directory,
                "package dev.hypercache.spi; public enum Level { ONE, ALL }",
                """
                package dev.hypercache.core.record;
                public record Stamp(long millis, byte[] bytes, dev.hypercache.spi.Level[] levels) {
                    static final java.util.List<String> NAMES = java.util.List.of("a");
                    long in(java.util.concurrent.TimeUnit unit) {
                        return switch (levels[0]) { case ONE -> unit.toMillis(millis); case ALL -> NAMES.stream().map(n -> n + millis).count(); };
                    }
                }
                """,
                "package dev.hypercache.runtime; public class Clock { public long now() { return System.nanoTime(); } }",
                "package dev.hypercache.runtime.call; public class Client { public dev.hypercache.runtime.Clock clock; }",
                """
                package dev.hypercache.jcache;
                public class HyperCachingProvider {
                    static Object shared;
                    dev.hypercache.core.record.Stamp stamp;
                    dev.hypercache.runtime.call.Client client;
                }
                """,
                """
                package dev.hypercache.bootstrap;
                class Assembler { dev.hypercache.jcache.HyperCachingProvider provider; dev.hypercache.runtime.Clock clock; }
                """);
        rules().forEach(rule -> ((ArchRule) rule.get()[1]).check(good));
    }

    @ParameterizedTest(name = "{0} does not use {1}")
    @MethodSource("forbiddenEdges")
    void forbiddenEdgeIsFound(String from, String to, @TempDir Path directory) throws IOException {
        JavaClasses bad = PlantedClasses.compile(
                directory,
                "package dev.hypercache." + to + "; public class Used {}",
                "package dev.hypercache." + from + "; public class User { dev.hypercache." + to + ".Used used; }");
        assertRejects(ArchitectureRules.packagesUseOnlyWhatTheTableAllows(), bad, from + " may not use " + to);
    }

    static Stream<Arguments> forbiddenEdges() {
        return Stream.of(
                Arguments.of("core.ring", "core.record"),
                Arguments.of("core.op", "core.message"),
                Arguments.of("core.replica", "core.lead"),
                Arguments.of("runtime", "storage"),
                Arguments.of("runtime", "jcache"),
                Arguments.of("http", "runtime"),
                Arguments.of("jcache", "core.replica"),
                Arguments.of("jcache.event", "storage"),
                Arguments.of("spi", "config"),
                Arguments.of("runtime", "bootstrap"));
    }

    @Test
    void packageWithoutRowIsFound(@TempDir Path directory) throws IOException {
        JavaClasses bad = PlantedClasses.compile(directory, "package dev.hypercache.misc; class Anything {}");
        assertRejects(ArchitectureRules.packagesUseOnlyWhatTheTableAllows(), bad, "package without a row");
    }

    @Test
    void cycleIsFound(@TempDir Path directory) throws IOException {
        JavaClasses bad = PlantedClasses.compile(
                directory,
                "package dev.hypercache.jcache; public class Face { public dev.hypercache.jcache.event.Events events; }",
                "package dev.hypercache.jcache.event; public class Events { public dev.hypercache.jcache.Face face; }");
        assertRejects(ArchitectureRules.packagesAreFreeOfCycles(), bad, "Cycle detected");
    }

    @ParameterizedTest
    @MethodSource("typesForeignToCore")
    void foreignTypeInCoreIsFound(String type, @TempDir Path directory) throws IOException {
        JavaClasses bad = PlantedClasses.compile(
                directory, "package dev.hypercache.core.ring; class Impure { " + type + " field; }");
        assertRejects(ArchitectureRules.coreStandsOnValuesOnly(), bad, type);
    }

    static Stream<String> typesForeignToCore() {
        return Stream.of(
                "java.io.File",
                "java.lang.Thread",
                "java.net.URI",
                "java.nio.channels.Channel",
                "java.util.Random",
                "java.util.Timer",
                "java.util.concurrent.CompletableFuture",
                "java.util.concurrent.ThreadLocalRandom",
                "java.util.concurrent.atomic.AtomicLong",
                "java.util.concurrent.locks.Lock",
                "java.util.random.RandomGenerator");
    }

    @ParameterizedTest
    @MethodSource("callsForeignToCore")
    void clockOrChanceInCoreIsFound(String call, @TempDir Path directory) throws IOException {
        JavaClasses bad = PlantedClasses.compile(
                directory,
                "package dev.hypercache.core.ring; class Impure { Object value() { return " + call + "; } }");
        assertRejects(ArchitectureRules.coreReadsNoClockAndRollsNoDice(), bad, "Impure.value()");
    }

    static Stream<String> callsForeignToCore() {
        return Stream.of(
                "System.nanoTime()",
                "System.currentTimeMillis()",
                "java.time.Instant.now()",
                "java.time.LocalDate.now()",
                "Math.random()",
                "java.util.UUID.randomUUID()");
    }

    @Test
    void secondReaderOfJavaSerializationIsFound(@TempDir Path directory) throws IOException {
        String reader = "package dev.hypercache.%s; class %s { java.io.ObjectInputStream in; }";
        ArchRule rule = ArchitectureRules.oneCodecClassReadsJavaSerialization();
        JavaClasses one = PlantedClasses.compile(directory.resolve("one"), reader.formatted("codec", "JavaCodec"));
        assertThatCode(() -> rule.check(one)).doesNotThrowAnyException();

        JavaClasses two = PlantedClasses.compile(
                directory.resolve("two"), reader.formatted("codec", "JavaCodec"), reader.formatted("codec", "Other"));
        assertRejects(ArchitectureRules.oneCodecClassReadsJavaSerialization(), two, "uses ObjectInputStream");
        JavaClasses elsewhere =
                PlantedClasses.compile(directory.resolve("elsewhere"), reader.formatted("jcache", "Reader"));
        assertRejects(ArchitectureRules.oneCodecClassReadsJavaSerialization(), elsewhere, "jcache.Reader");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core.op",
                "http",
                "runtime.ring",
                "storage",
                "topology.local",
                "transport.frame",
                "transport.undertow"
            })
    void decodingOnTheServersPathIsFoundAlsoBehindAnotherClass(String place, @TempDir Path directory)
            throws IOException {
        JavaClasses bad = PlantedClasses.compile(
                directory,
                "package dev.hypercache.codec; public class Registry { public Object decode(byte[] b) { return b; } }",
                "package dev.hypercache.config; public class Between { public dev.hypercache.codec.Registry registry; }",
                "package dev.hypercache." + place + "; class Door { dev.hypercache.config.Between between; }");
        assertRejects(ArchitectureRules.serverPathReachesNoCodec(), bad, place + ".Door");
    }

    @ParameterizedTest
    @MethodSource("statesThatChange")
    void staticStateIsFound(String field, @TempDir Path directory) throws IOException {
        JavaClasses bad = PlantedClasses.compile(
                directory, "package dev.hypercache.runtime; class Shared { static " + field + "; }");
        assertRejects(ArchitectureRules.staticStateLivesInTheProviderOnly(), bad, "is static and can change");
    }

    static Stream<String> statesThatChange() {
        return Stream.of(
                "int count",
                "final java.util.HashMap<String, String> MAP = new java.util.HashMap<>()",
                "final ThreadLocal<String> LOCAL = new ThreadLocal<>()",
                "final java.util.concurrent.atomic.AtomicLong NEXT = new java.util.concurrent.atomic.AtomicLong()");
    }

    @Test
    void dependencyOfTheSpiIsFound(@TempDir Path directory) throws IOException {
        JavaClasses bad = PlantedClasses.compile(
                directory, "package dev.hypercache.spi; interface Port { javax.management.ObjectName name(); }");
        assertRejects(ArchitectureRules.spiHasNoDependency(), bad, "javax.management.ObjectName");
    }

    private static void assertRejects(ArchRule rule, JavaClasses bad, String message) {
        assertThatThrownBy(() -> rule.check(bad))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    private static boolean isMainCode(Location location) {
        return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
}
