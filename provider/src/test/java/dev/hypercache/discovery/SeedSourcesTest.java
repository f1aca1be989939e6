package dev.hypercache.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which source a list asks for. */
final class SeedSourcesTest {

    @Test
    void eachKindHasItsSource() {
        assertThat(SeedSources.parse(List.of("a:1", "b:2")))
                .isInstanceOf(StaticSeeds.class)
                .hasToString("a:1,b:2");
        assertThat(SeedSources.parse(List.of("dns:a.b:1")))
                .isInstanceOf(DnsSeeds.class)
                .hasToString("dns:a.b:1");
        assertThat(SeedSources.parse(List.of("file:etc/seeds")))
                .isInstanceOf(FileSeeds.class)
                .hasToString("file:etc/seeds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a:1,dns:b:2 | dns:b:2 | into one file",
                "file:x,file:y | file:x | into one file",
                "dns:b | dns:b | Write for example dns:",
                "dns:b:0 | dns:b:0 | the port that all nodes bind",
                "file: | file: | the file's path",
                "a | \"a\" | Write for example"
            })
    void whatIsWrongIsNamedWithTheRemedy(String list, String input, String remedy) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeedSources.parse(List.of(list.split(","))))
                .withMessageContaining(input)
                .withMessageContaining(remedy);
    }
}
