package dev.hypercache.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the house rules over the sources of every module, and shows each rule something to reject. */
@Tag("house")
final class HouseRulesTest {

    private static final String ALLOW_LIST = "provider/src/test/resources/house-rules.allow";
    private static final String MAIN = "provider/src/main/java/dev/hypercache/ring/";
    private static final String TEST = "provider/src/test/java/dev/hypercache/ring/";

    @TempDir
    private Path root = Path.of("");

    @BeforeEach
    void plantWhatEveryPackageNeeds() throws IOException {
        plant(MAIN + "package-info.java", "/** Rings. */\n@NullMarked\npackage dev.hypercache.ring;\n");
    }

    @Test
    void repositoryKeepsTheHouseRules() {
        SourceTree repository = SourceTree.ofRepository();
        assertThat(repository.mainJava()).as("main sources found").hasSizeGreaterThan(1);
        assertThat(repository.testJava()).as("test sources found").hasSizeGreaterThan(1);
        AllowList allowed = AllowList.parse(repository.text(ALLOW_LIST));
        assertThat(allowed.complaints(HouseRules.check(repository))).isEmpty();
    }

    @Test
    void cleanSourceHasNoBreach() throws IOException {
        plant(MAIN + "Ring.java", "package dev.hypercache.ring;\n\nfinal class Ring {}\n");
        assertThat(breaches()).isEmpty();
    }

    @Test
    void longFileIsFound() throws IOException {
        plant(MAIN + "Ring.java", "package dev.hypercache.ring;\nclass Ring {}\n" + "//\n".repeat(298));
        assertThat(breaches()).isEmpty();
        plant(MAIN + "Ring.java", "package dev.hypercache.ring;\nclass Ring {}\n" + "//\n".repeat(299));
        assertBreach("file-lines", MAIN + "Ring.java", 1);
    }

    @Test
    void longMethodIsFound() throws IOException {
        plantMethod("void turn() {\n" + "  turn();\n".repeat(68) + "}");
        assertThat(breaches()).isEmpty();
        plantMethod("void turn() {\n" + "  turn();\n".repeat(69) + "}");
        assertBreach("method-lines", MAIN + "Ring.java#turn", 3);
    }

    @Test
    void manyParametersAreFound() throws IOException {
        String constructor = "Ring(int a, int b, int c, int d, int e, int f%s) {}";
        plantMethod(constructor.formatted(""));
        assertThat(breaches()).isEmpty();
        plantMethod(constructor.formatted(", int g"));
        assertBreach("parameters", MAIN + "Ring.java#Ring", 3);
    }

    @Test
    void deepNestingIsFound() throws IOException {
        String threeDeep =
                "void turn(int n) { for (;;) { if (n > 1) { while (n > 2) { %s } } else if (n > 3) { n++; } } }";
        plantMethod(threeDeep.formatted("n--;"));
        assertThat(breaches()).isEmpty();
        plantMethod(threeDeep.formatted("if (n > 5) { n--; }"));
        assertBreach("nesting", MAIN + "Ring.java#turn", 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"void lock() { synchronized (this) { } }", "synchronized void lock() {}"})
    void lockInCoreIsFound(String method) throws IOException {
        plantMethod(method);
        assertThat(breaches()).isEmpty();
        String core = "provider/src/main/java/dev/hypercache/core/ring/";
        plant(core + "package-info.java", "/** Rings. */\n@NullMarked\npackage dev.hypercache.core.ring;\n");
        plant(core + "Slot.java", "package dev.hypercache.core.ring;\nclass Slot {\n" + method + "\n}\n");
        assertBreach("core-monitor", core + "Slot.java", 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thread.sleep(1);",
                "java.lang.Thread.sleep(1);",
                "TimeUnit.SECONDS.sleep(1);",
                "SECONDS.sleep(1);",
                "sleep(1);",
                "LockSupport.parkNanos(1);"
            })
    void sleepingTestIsFound(String call) throws IOException {
        plant(MAIN + "Ring.java", "package dev.hypercache.ring;\nclass Ring { void doze() {\n" + call + "\n} }\n");
        assertThat(breaches()).isEmpty();
        plant(
                TEST + "RingTest.java",
                "package dev.hypercache.ring;\nclass RingTest { void doze() {\n" + call + "\n} }\n");
        assertBreach("sleep", TEST + "RingTest.java", 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@Disabled", "@org.junit.jupiter.api.Disabled(\"slow\")", "@Ignore"})
    void switchedOffTestIsFound(String annotation) throws IOException {
        plant(TEST + "RingTest.java", "package dev.hypercache.ring;\n" + annotation + "\nclass RingTest {}\n");
        assertBreach("switched-off", TEST + "RingTest.java", 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RingUtil", "RingUtils", "UtilRing", "RingHelper", "HelperOfRings", "RingImpl"})
    void vagueTypeIsFound(String type) throws IOException {
        plant(MAIN + "Utilization.java", "package dev.hypercache.ring;\nclass Utilization {}\n");
        assertThat(breaches()).isEmpty();
        plant(MAIN + type + ".java", "package dev.hypercache.ring;\nclass " + type + " {}\n");
        assertBreach("vague-name", MAIN + type + ".java", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "util", "utils", "helper", "helpers", "misc"})
    void vaguePackageIsFound(String name) throws IOException {
        String info = MAIN + name + "/package-info.java";
        plant(info, "/** Things. */\n@NullMarked\npackage dev.hypercache.ring." + name + ";\n");
        assertBreach("vague-name", info, 1);
    }

    @Test
    void missingPackageInfoIsFound() throws IOException {
        plant(MAIN + "slot/Slot.java", "package dev.hypercache.ring.slot;\nclass Slot {}\n");
        assertBreach("package-info", MAIN + "slot", 1);
    }

    @Test
    void testsOfAMainPackageNeedNoPackageInfoButOthersDo() throws IOException {
        plant(TEST + "RingTest.java", "package dev.hypercache.ring;\nclass RingTest {}\n");
        assertThat(breaches()).isEmpty();
        plant(TEST + "slot/SlotTest.java", "package dev.hypercache.ring.slot;\nclass SlotTest {}\n");
        assertBreach("package-info", TEST + "slot", 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/** Rings. */\npackage dev.hypercache.ring;\n", "@NullMarked\npackage dev.hypercache.ring;\n"})
    void packageInfoWithoutMarkOrSentenceIsFound(String text) throws IOException {
        plant(MAIN + "package-info.java", text);
        assertBreach("package-info", MAIN + "package-info.java", 1);
    }

    @Test
    void packageInTwoModulesIsFound() throws IOException {
        String other = "security/src/main/java/dev/hypercache/ring/";
        plant(other + "package-info.java", "/** Rings. */\n@NullMarked\npackage dev.hypercache.ring;\n");
        assertBreach("split-package", other + "package-info.java", 1);
    }

    @Test
    void openEndWithoutAnIssueIsFound() throws IOException {
        for (String word : List.of("TO" + "DO", "FIX" + "ME", "X" + "XX")) {
            plantMethod("// " + word + " #12: turn the other way round");
            assertThat(breaches()).isEmpty();
            plantMethod("// " + word + ": turn the other way round");
            assertBreach("open-end", MAIN + "Ring.java", 3);
        }
    }

    @Test
    void authorTagIsFound() throws IOException {
        plantMethod("/**\n * @" + "author somebody\n */");
        assertBreach("author-tag", MAIN + "Ring.java", 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "home", "work", "Users"})
    void pathOfOneMachineIsFound(String directory) throws IOException {
        plant("docs/HACKING.md", "See https://example.org/" + directory + "/ and ${basedir}/" + directory + "/x.\n");
        assertThat(breaches()).isEmpty();
        plant("docs/HACKING.md", "First line.\nCall /" + directory + "/somebody/tool.\n");
        assertBreach("machine-path", "docs/HACKING.md", 2);
    }

    @Test
    void allowedBreachIsSilentAndStaleEntryIsNot() throws IOException {
        plantMethod("void turn() {\n" + "  turn();\n".repeat(69) + "}");
        String entry = "method-lines " + MAIN + "Ring.java#turn: one table, read top to bottom";
        assertThat(AllowList.parse("# why\n\n" + entry + "\n").complaints(breaches()))
                .isEmpty();
        assertThat(AllowList.parse("").complaints(breaches()))
                .singleElement()
                .asString()
                .contains("[method-lines]");
        plantMethod("void turn() {}");
        assertThat(AllowList.parse(entry).complaints(breaches()))
                .containsExactly("stale entry of the allow-list: " + entry);
    }

    @Test
    void allowListEntryWithoutReasonIsRefused() {
        assertThatThrownBy(() -> AllowList.parse("method-lines Ring.java#turn"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rule place: reason");
    }

    private List<Breach> breaches() {
        return HouseRules.check(SourceTree.of(root));
    }

    private void assertBreach(String rule, String place, long line) {
        assertThat(breaches()).singleElement().satisfies(breach -> {
            assertThat(breach.rule()).isEqualTo(rule);
            assertThat(breach.place()).isEqualTo(place);
            assertThat(breach.line()).isEqualTo(line);
        });
    }

    private void plantMethod(String method) throws IOException {
        plant(MAIN + "Ring.java", "package dev.hypercache.ring;\nclass Ring {\n" + method + "\n}\n");
    }

    private void plant(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
