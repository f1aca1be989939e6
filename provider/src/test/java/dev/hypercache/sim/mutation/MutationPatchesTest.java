package dev.hypercache.sim.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The patches fit the sources; whether seeds catch them takes longer, see {@link Mutations}. */
class MutationPatchesTest {

    private static final Path PATCHES = Path.of("src", "test", "mutations");
    private static final String PATCH = """
            # Why.
            --- a/Ring.java
            +++ b/Ring.java
            @@ -1,3 +1,2 @@
             one
            -two
             three
            """;

    @Test
    void everyPatchChangesTheSourcesAsTheyAre() throws IOException {
        List<Path> files = patches();
        assertThat(files).hasSizeGreaterThan(30);
        for (Path file : files) {
            PatchFile patch = PatchFile.parse(Files.readString(file));
            assertThat(patch.paths()).as(file.toString()).isNotEmpty();
            for (String path : patch.paths()) {
                String source = Files.readString(Path.of("..", path));
                assertThat(patch.applyTo(path, source)).as(file.toString()).isNotEqualTo(source);
            }
        }
    }

    @Test
    void everyPatchSaysWhatItRemoves() throws IOException {
        for (Path file : patches()) {
            assertThat(Files.readString(file)).as(file.toString()).startsWith("# ");
        }
    }

    @Test
    void patchAppliesWhereverItsLinesAre() {
        assertThat(PatchFile.parse(PATCH).applyTo("Ring.java", "zero\none\ntwo\nthree\n"))
                .isEqualTo("zero\none\nthree\n");
    }

    @Test
    void patchWhoseLinesAreGoneIsRefused() {
        assertThatThrownBy(() -> PatchFile.parse(PATCH).applyTo("Ring.java", "one\n2\nthree\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void patchThatFitsTwiceIsRefused() {
        assertThatThrownBy(() -> PatchFile.parse(PATCH).applyTo("Ring.java", "one\ntwo\nthree\none\ntwo\nthree\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than once");
    }

    private static List<Path> patches() throws IOException {
        try (Stream<Path> files = Files.list(PATCHES)) {
            return files.filter(file -> file.toString().endsWith(".patch"))
                    .sorted()
                    .toList();
        }
    }
}
