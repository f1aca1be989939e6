package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SecretUnavailableException;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.SigningKeysReader.Listed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyFileReaderTest {

    private static final String AA = "hex:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String BB = "hex:"
            + "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
            + "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    @TempDir
    private Path directory;

    @Test
    void keysAreReadWithTheOneThatSigns() throws IOException {
        Listed listed = read("# keys of the ring\n"
                + "old member " + AA + " not-after=2030-01-31T00:00:00Z\n"
                + "new member " + BB + " signs not-before=2030-01-01T00:00:00Z\r\n"
                + "\n"
                + "app client base64:" + "AQEB".repeat(10) + "AQE=");

        assertThat(listed.signing()).isEqualTo("new");
        assertThat(listed.keys())
                .containsExactly(
                        new SigningKey(
                                "old", secret(0xaa, 32), Role.MEMBER, Long.MIN_VALUE, millis("2030-01-31T00:00:00Z")),
                        new SigningKey(
                                "new", secret(0xbb, 64), Role.MEMBER, millis("2030-01-01T00:00:00Z"), Long.MAX_VALUE),
                        SigningKey.unlimited("app", secret(1, 32), Role.CLIENT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "planted | has 1 words",
                "pla/nted member " + AA + " | does not begin with an id",
                "k planted " + AA + " | second word",
                "k member planted-0123456789-abcdefghijklmno | begins neither with base64: nor with hex:",
                "k member hex:" + "planted" + " | hexadecimal digits",
                "k member base64:planted! | RFC 4648",
                "k member hex: | is empty",
                "k member hex:aabb | has a key of 2 bytes",
                "k member " + BB + "bb | has a key of 65 bytes",
                "k member " + AA + " planted | unknown word at place 4",
                "k member " + AA + " signs signs | says something twice",
                "k member " + AA + " not-before=planted | has a date"
            })
    void malformedLineIsRefusedByItsNumberWithoutShowingIt(String line, String rule) throws IOException {
        assertRefused("first member hex:" + "cc".repeat(32) + " signs\n\n" + line + "\n")
                .withMessageMatching("(?s).*[Ll]ine 3 of file .*")
                .withMessageContaining(directory.resolve("keys").toString())
                .withMessageContaining(rule)
                .withNoCause()
                .satisfies(e ->
                        assertThat(e.getMessage()).doesNotContain("planted").doesNotContain("aaaa"));
    }

    @Test
    void exactlyOneKeySigns() throws IOException {
        assertRefused("a member " + AA).withMessageContaining("no line with the word signs");
        assertRefused("a member " + AA + " signs\nb member " + BB + " signs")
                .withMessageContaining("Line 2 ")
                .withMessageContaining("one key signs");
    }

    @Test
    void repeatedIdOrKeyIsRefused() throws IOException {
        assertRefused("a member " + AA + " signs\na member " + BB)
                .withMessageContaining("Line 2 ")
                .withMessageContaining("repeats the id of line 1");
        assertRefused("a member " + AA + " signs\nb client " + BB + "\nc client " + AA)
                .withMessageContaining("Line 3 ")
                .withMessageContaining("repeats the key of line 1");
    }

    @Test
    void ninthKeyIsRefused() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            lines.append("k" + i + " member hex:").append(("0" + i).repeat(32)).append(i == 0 ? " signs\n" : "\n");
        }

        assertRefused(lines.toString()).withMessageContaining("Line 9 ").withMessageContaining("at most 8");
    }

    @Test
    void fileOpenToOthersIsRefused() throws IOException {
        Path file = PrivateFiles.write(
                directory.resolve("keys"), ("a member " + AA + " signs").getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> new KeyFileReader().read(file))
                .withMessageContaining("mode 0640");
    }

    @Test
    void whatWasReadIsZeroedAtTheEnd() throws IOException {
        Path file = PrivateFiles.write(
                directory.resolve("keys"), ("a member " + AA + " signs").getBytes(StandardCharsets.UTF_8));
        WordFile words = WordFile.read(file, ProtectedFile.BYTES_MAX, 8);
        byte[] word = words.lines().get(0).bytes(2);
        assertThat(new String(word, StandardCharsets.UTF_8)).isEqualTo(AA);

        words.close();

        assertThat(word).containsOnly(0);
    }

    private Listed read(String content) throws IOException {
        return new KeyFileReader()
                .read(PrivateFiles.write(directory.resolve("keys"), content.getBytes(StandardCharsets.UTF_8)));
    }

    private ThrowableAssertAlternative<SecretUnavailableException> assertRefused(String content) {
        return assertThatExceptionOfType(SecretUnavailableException.class).isThrownBy(() -> read(content));
    }

    private static Secret secret(int fill, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) fill);
        return Secret.copyOf(bytes);
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
