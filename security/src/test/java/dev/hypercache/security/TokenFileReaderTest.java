package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypercache.spi.security.BearerTokens;
import dev.hypercache.spi.security.BearerTokens.Grant;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.SecretUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenFileReaderTest {

    private static final long NOW = Instant.parse("2030-01-15T00:00:00Z").toEpochMilli();

    /** SHA-256 of "abc", FIPS 180-4. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    /** SHA-256 of nothing. */
    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    private Path directory;

    @Test
    void tokenIsFoundByWhatItIsTheDigestOf() throws IOException {
        BearerTokens tokens = read("# of the operators\n\n  ops\tadmin  sha256:" + ABC + "\r\n");

        assertThat(tokens.find("abc", NOW)).isEqualTo(new Grant("ops", Role.ADMIN));
        for (String other : new String[] {"", "ab", "abcd", "abc ", "ABC", ABC, "sha256:" + ABC, "Bearer abc"}) {
            assertThat(tokens.find(other, NOW)).as(other).isNull();
        }
    }

    @Test
    void digitsMayBeOfEitherCase() throws IOException {
        assertThat(read("ops admin sha256:" + ABC.toUpperCase(Locale.ROOT)).find("abc", NOW))
                .isEqualTo(new Grant("ops", Role.ADMIN));
    }

    @Test
    void everyTokenOfAFullFileIsFound() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < BearerTokens.TOKENS_MAX; i++) {
            lines.append(line("t" + i, "token " + i)).append('\n');
        }

        BearerTokens tokens = read(lines.toString());

        for (int i = 0; i < BearerTokens.TOKENS_MAX; i++) {
            assertThat(tokens.find("token " + i, NOW)).isEqualTo(new Grant("t" + i, Role.CLIENT));
        }
        assertThat(tokens.find("token " + BearerTokens.TOKENS_MAX, NOW)).isNull();
        assertRefused(lines + line("t1000", "token 1000"))
                .withMessageContaining("Line 1001 ")
                .withMessageContaining("1000");
    }

    @Test
    void tokenGrantsNothingOutsideItsTime() throws IOException {
        BearerTokens tokens =
                read("ops admin sha256:" + ABC + " not-after=2030-01-15T00:00:00Z not-before=2030-01-14T00:00:00Z");

        assertThat(tokens.find("abc", NOW)).isNotNull();
        assertThat(tokens.find("abc", NOW + 1)).isNull();
        assertThat(tokens.find("abc", NOW - 86_400_000)).isNotNull();
        assertThat(tokens.find("abc", NOW - 86_400_001)).isNull();
    }

    @Test
    void overlongTokenIsUnknownAlthoughItBeginsAsAKnownOne() throws IOException {
        String longest = "x".repeat(1_024);
        BearerTokens tokens = read(line("long", longest) + "\n" + line("longer", longest + "x"));

        assertThat(tokens.find(longest, NOW)).isEqualTo(new Grant("long", Role.CLIENT));
        assertThat(tokens.find(longest + "x", NOW)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "planted | has 1 words",
                "planted admin | has 2 words",
                "pla/nted admin sha256:" + ABC + " | does not begin with an id",
                "ops planted sha256:" + ABC + " | second word",
                "ops ADMIN sha256:" + ABC + " | second word",
                "ops admin planted | never tokens",
                "ops admin " + ABC + " | never tokens",
                "ops admin sha256:planted | never tokens",
                "ops admin sha256:planted78f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a | never tokens",
                "ops admin sha256:" + ABC + "00 | never tokens",
                "ops admin sha256:" + NOTHING + " | sha256 of nothing",
                "ops admin sha256:" + ABC + " planted | unknown word at place 4",
                "ops admin sha256:" + ABC + " signs | tokens sign nothing",
                "ops admin sha256:" + ABC + " not-before=planted | has a date",
                "ops admin sha256:" + ABC + " not-after=+999999999-12-31T23:59:59Z | has a date",
                "ops admin sha256:" + ABC + " not-after=2030-01-31 | has a date",
                "ops admin sha256:" + ABC
                        + " not-after=2030-01-31T00:00:00Z not-after=2030-02-28T00:00:00Z | says something twice",
                "ops admin sha256:" + ABC
                        + " not-before=2030-01-31T00:00:00Z not-after=2030-01-30T00:00:00Z | ends before it begins"
            })
    void malformedLineIsRefusedByItsNumberWithoutShowingIt(String line, String rule) throws IOException {
        assertRefused("# first\n\n" + line + "\n")
                .withMessageStartingWith("Line 3 of file " + directory.resolve("tokens") + " ")
                .withMessageContaining(rule)
                .withNoCause()
                .satisfies(e ->
                        assertThat(e.getMessage()).doesNotContain("planted").doesNotContain("ba7816bf"));
    }

    @Test
    void repeatedIdOrDigestIsRefused() throws IOException {
        assertRefused(line("a", "1") + "\n" + line("b", "2") + "\n" + line("a", "3"))
                .withMessageContaining("Line 3 ")
                .withMessageContaining("repeats the id of line 1");
        assertRefused(line("a", "1") + "\n" + line("b", "2") + "\n" + line("c", "2"))
                .withMessageContaining("Line 3 ")
                .withMessageContaining("repeats the digest of line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n \n", "# nothing\n"})
    void fileThatSaysNothingIsRefused(String content) throws IOException {
        assertRefused(content).withMessageContaining("no line but blanks and comments");
    }

    @Test
    void fileOpenToOthersOrNotTextIsRefused() throws IOException {
        Path file = directory.resolve("tokens");
        PrivateFiles.write(file, new byte[] {'#', (byte) 0xff, '\n'});
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> new TokenFileReader().read(file))
                .withMessageContaining("not text in UTF-8");

        PrivateFiles.write(file, line("a", "1").getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> new TokenFileReader().read(file))
                .withMessageContaining("chmod 600");
    }

    @Test
    void nothingShowsDigests() throws IOException {
        assertThat(read("ops admin sha256:" + ABC)).hasToString("DigestTokens[1]");
    }

    private BearerTokens read(String content) throws IOException {
        return new TokenFileReader()
                .read(PrivateFiles.write(directory.resolve("tokens"), content.getBytes(StandardCharsets.UTF_8)));
    }

    private ThrowableAssertAlternative<SecretUnavailableException> assertRefused(String content) {
        return assertThatExceptionOfType(SecretUnavailableException.class).isThrownBy(() -> read(content));
    }

    private static String line(String id, String token) {
        return id + " client sha256:" + HexFormat.of().formatHex(DigestTokens.digestOf(token));
    }
}
