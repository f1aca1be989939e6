package dev.hypercache.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every relative link of the documents leads somewhere. */
@Tag("house")
final class DocsTest {

    @TempDir
    private Path root = Path.of("");

    @Test
    void everyRelativeLinkOfTheRepositoryResolves() {
        SourceTree repository = SourceTree.ofRepository();
        assertThat(repository.markdown()).contains("docs/ARCHITECTURE.md", "docs/STYLE.md", "docs/HACKING.md");
        assertThat(MarkdownLinks.broken(repository)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[file](docs/RING.md)",
                "[directory](docs)",
                "[anchor](docs/RING.md#who-owns-a-key)",
                "[own anchor](#start)",
                "[title](docs/RING.md \"the ring\")",
                "[second of a name](docs/RING.md#limits-1)",
                "[named](docs/RING.md#slots)",
                "[named]: docs/RING.md",
                "[other site](https://example.org/nothing.md#none)",
                "`[code](nowhere.md)`",
                "```\n[code](nowhere.md)\n```"
            })
    void linkThatResolvesIsSilent(String link) throws IOException {
        plantRing();
        plant("README.md", "# Start\n\n" + link + "\n");
        assertThat(broken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[file](docs/SLOT.md)",
                "[anchor](docs/RING.md#who-owns-a-value)",
                "[anchor in code](docs/RING.md#not-a-heading)",
                "[own anchor](#finish)",
                "[third of a name](docs/RING.md#limits-2)",
                "[outside](../README.md)",
                "[absolute](/docs/RING.md)",
                "![image](docs/ring.svg)",
                "[named]: docs/SLOT.md"
            })
    void linkThatLeadsNowhereIsFound(String link) throws IOException {
        plantRing();
        plant("README.md", "# Start\n\n" + link + "\n");
        assertThat(broken()).singleElement().satisfies(breach -> {
            assertThat(breach.place()).isEqualTo("README.md");
            assertThat(breach.line()).isEqualTo(3);
        });
    }

    @Test
    void headingsBecomeAnchorsAsReadersExpect() {
        assertThat(MarkdownLinks.anchors("# `Ring`, slots & [owners](x.md)!\n## ADR-0002: Package edges ##\n"))
                .containsExactlyInAnyOrder("ring-slots--owners", "adr-0002-package-edges");
    }

    private List<Breach> broken() {
        return MarkdownLinks.broken(SourceTree.of(root));
    }

    private void plantRing() throws IOException {
        plant("docs/RING.md", """
                # The ring
                ## Who owns a key?
                ### Limits
                <a id="slots"></a>
                ### Limits
                ```
                # Not a heading
                ```
                """);
    }

    private void plant(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
