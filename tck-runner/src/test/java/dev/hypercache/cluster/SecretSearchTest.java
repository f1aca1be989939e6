package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The search for secrets finds one in whatever form it was written down. */
final class SecretSearchTest {

    private static final byte[] SECRET = HexFormat.of().parseHex("00ff8001fb7f0203c4a5b6d7e8f90a1b2c3d4e5f60718293");
    private static final String SURROUNDED = "id=" + latin(SECRET) + ";";

    private final SecretSearch search = new SecretSearch(List.of(PlantedSecret.of("the key", SECRET)));

    @TempDir
    private Path directory;

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static Stream<String> written() {
        byte[] surrounded = SURROUNDED.getBytes(StandardCharsets.ISO_8859_1);
        byte[] shifted = Arrays.copyOfRange(surrounded, 1, surrounded.length);
        byte[] shiftedAgain = Arrays.copyOfRange(surrounded, 2, surrounded.length);
        return Stream.of(
                SURROUNDED,
                "key " + HexFormat.of().formatHex(SECRET),
                "key " + HexFormat.of().withUpperCase().formatHex(SECRET),
                "key " + Base64.getEncoder().encodeToString(SECRET),
                "key " + Base64.getUrlEncoder().encodeToString(SECRET),
                Base64.getEncoder().encodeToString(surrounded),
                Base64.getUrlEncoder().encodeToString(shifted),
                Base64.getEncoder().encodeToString(shiftedAgain),
                "bytes " + Arrays.toString(SECRET));
    }

    @ParameterizedTest
    @MethodSource("written")
    void secretIsFound(String written) throws IOException {
        Files.writeString(directory.resolve("log"), "before\n" + written + "\nafter", StandardCharsets.ISO_8859_1);

        assertThat(search.hits(directory)).containsExactly("log shows the key");
    }

    @Test
    void nothingIsFoundWhereThereIsNone() throws IOException {
        Files.writeString(
                directory.resolve("log"), "before\nafter " + HexFormat.of().formatHex(new byte[24]));

        assertThat(search.hits(directory)).isEmpty();
    }
}
