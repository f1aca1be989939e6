package dev.hypercache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in the list of classes that a ring lets in. */
final class AllowedClassesTest {

    private static Settings load(String allowed) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.codec.java.allow", allowed);
        return Settings.load(ManagerUri.of(null), properties, Sources.none());
    }

    @Test
    void everyWrongPatternIsAProblemOfItsOwn() {
        ConfigurationException e = catchThrowableOfType(
                ConfigurationException.class, () -> load("*, !com.acme.Order, com.acme.*, @spring, @struts, a..b"));

        assertThat(e.problems())
                .hasSize(4)
                .allSatisfy(problem -> assertThat(problem.key()).isEqualTo("hypercache.codec.java.allow"))
                .allSatisfy(problem -> assertThat(problem.remedy()).contains("com.acme.**", "@hibernate, @spring"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* | would let bytes from other processes name any class",
                "** | would let bytes from other processes name any class",
                "!com.acme.Order | what is not listed is refused anyway",
                "@struts | no preset '@struts' exists",
                "@ | no preset '@' exists",
                "com.*.Order | is not a class pattern",
                ".** | is not a class pattern",
            })
    void problemSaysWhatIsWrongWithThePattern(String pattern, String rule) {
        ConfigurationException e = catchThrowableOfType(ConfigurationException.class, () -> load(pattern));

        assertThat(e.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.rule()).contains(rule));
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.**", "org.**,com.acme.Order", "com.acme.**,java.**"})
    void patternThatAdmitsLibrariesNobodyThoughtOfIsWarnedOf(String allowed) {
        assertThat(load(allowed).warnings())
                .singleElement()
                .asString()
                .contains("hypercache.codec.java.allow", "Name the packages of your values");
    }

    @Test
    void packagesOfTheApplicationAndPresetsAreNotWarnedOf() {
        assertThat(load("com.acme.**,com.*,Order,@spring,@hibernate").warnings())
                .isEmpty();
    }
}
