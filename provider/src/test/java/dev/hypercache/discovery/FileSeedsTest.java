package dev.hypercache.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.discovery.SeedSource;
import dev.hypercache.spi.discovery.SeedSourceContract;
import dev.hypercache.spi.discovery.SeedsUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seeds in a file. */
final class FileSeedsTest extends SeedSourceContract {

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("seeds");
    }

    private FileSeeds seeds(String text) {
        try {
            Files.writeString(file(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FileSeeds.of(file());
    }

    @Override
    protected SeedSource create(List<Address> seeds) {
        return seeds(String.join("\n", seeds.stream().map(Address::toString).toList()));
    }

    @Test
    void commentsBlankLinesAndRepetitionsDoNotCount() {
        FileSeeds seeds = seeds("# of the shop\n\n cache-1:7400 # the first\r\n[::1]:7401\ncache-1:7400\n");

        assertThat(seeds.seeds()).containsExactly(new Address("cache-1", 7400), new Address("::1", 7401));
        assertThat(seeds.isFixed()).isFalse();
        assertThat(seeds).hasToString("file:" + file());
    }

    @Test
    void fileIsReadAnewEachTime() throws IOException {
        FileSeeds seeds = seeds("");
        assertThat(seeds.seeds()).isEmpty();

        Files.writeString(file(), "cache-1:7400\n");

        assertThat(seeds.seeds()).containsExactly(new Address("cache-1", 7400));
    }

    @ParameterizedTest
    @CsvSource({"cache-1, is not host:port", "cache-1:0, port 0", "cache 1:7400, is not host:port"})
    void wrongLineIsNamed(String line, String what) {
        FileSeeds seeds = seeds("cache-1:7400\n" + line + "\n");

        assertThatThrownBy(seeds::seeds)
                .isInstanceOf(SeedsUnavailableException.class)
                .hasMessageContaining("file:" + file())
                .hasMessageContaining("line 2")
                .hasMessageContaining(what);
    }

    @Test
    void fileThatIsMissingOrTooLargeIsUnavailableForNow() {
        assertThatThrownBy(FileSeeds.of(file())::seeds)
                .isInstanceOf(SeedsUnavailableException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(seeds("#".repeat(FileSeeds.BYTES_MAX + 1))::seeds)
                .isInstanceOf(SeedsUnavailableException.class)
                .hasMessageContaining("larger than");
        String many = "cache-%d:7400\n".repeat(StaticSeeds.SEEDS_MAX + 1);
        Object[] numbers = IntStream.range(0, StaticSeeds.SEEDS_MAX + 1).boxed().toArray();
        assertThatThrownBy(seeds(String.format(many, numbers))::seeds)
                .isInstanceOf(SeedsUnavailableException.class)
                .hasMessageContaining("more than " + StaticSeeds.SEEDS_MAX);
    }
}
