package dev.hypercache.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.runtime.call.CacheTrait;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of fields in docs/CACHES.md is that of the code. */
final class CachesDocTest {

    @Test
    void documentNamesEachFieldWithItsRuleAndUsualValue() {
        List<String> rows = SourceTree.ofRepository()
                .text("docs/CACHES.md")
                .lines()
                .filter(line -> line.matches("\\| `[^|]*\\|[^|]*\\| (yes|no) \\| `[^|]*` \\|"))
                .map(line -> line.replaceFirst("^(\\| `[^|]*\\|)[^|]*\\|", "$1"))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Stream.of(CacheTrait.values())
                        .map(trait -> "| `" + trait.key() + "` | " + (trait.isShared() ? "yes" : "no") + " | `"
                                + trait.usual() + "` |")
                        .toList());
    }
}
