package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SecretSource;
import dev.hypercache.spi.security.SecretSourceContract;
import dev.hypercache.spi.security.SecretUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileSecretSourceTest extends SecretSourceContract {

    @TempDir
    private Path directory;

    @Override
    protected SecretSource create() {
        return new FileSecretSource();
    }

    @Override
    protected String plant(byte[] secret) throws IOException {
        return PrivateFiles.write(directory.resolve("ring.key"), secret).toString();
    }

    @Override
    protected String absentLocation() {
        return directory.resolve("absent.key").toString();
    }

    @ParameterizedTest
    @CsvSource({
        "rw-r-----, 0640",
        "rw-r--r--, 0644",
        "rw-----w-, 0602",
        "rw------x, 0601",
        "rwx------, 0700",
        "rwxrwxrwx, 0777",
        "r--r--r--, 0444"
    })
    void fileOpenToOthersIsRefusedWithModeRuleAndRemedy(String permissions, String octal) throws IOException {
        Path file = Path.of(plant("open secret 0123456789".getBytes(StandardCharsets.US_ASCII)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> create().read(file.toString()))
                .withMessage("File " + file + " has mode " + octal
                        + ": a file with a secret must be readable by its owner alone, mode 0600 or 0400."
                        + " Run: chmod 600 " + file);
    }

    @ParameterizedTest
    @CsvSource({"rw-------", "r--------"})
    void fileOfItsOwnerAloneIsRead(String permissions) throws IOException {
        Path file = Path.of(plant("secret".getBytes(StandardCharsets.US_ASCII)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThat(create().read(file.toString()).length()).isEqualTo(6);
    }

    @Test
    void modeOfALinksTargetCounts() throws IOException {
        Path target = Path.of(plant("secret".getBytes(StandardCharsets.US_ASCII)));
        Path link = Files.createSymbolicLink(directory.resolve("link.key"), target);
        assertThat(create().read(link.toString()).length()).isEqualTo(6);

        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> create().read(link.toString()))
                .withMessageContaining("0644");
    }

    @Test
    void directoryIsRefused() {
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> create().read(directory.toString()))
                .withMessageContaining(directory.toString())
                .withMessageContaining("not a regular file");
    }

    @Test
    void overlongFileIsRefused() throws IOException {
        String location = plant(new byte[64 * 1024 + 1]);

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> create().read(location))
                .withMessageContaining(location)
                .withMessageContaining("65536 bytes");
    }

    @Test
    void locationThatIsNoPathIsRefused() {
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> create().read("a\0b"))
                .withMessageContaining("is not a path");
    }

    @ParameterizedTest
    @CsvSource({
        "base64:AAEC/w==, 000102ff",
        "hex:000102FF, 000102ff",
        "plain, 706c61696e",
        "base64, 626173653634",
        "AAEC/w==, 414145432f773d3d"
    })
    void prefixAloneDecidesHowTheContentIsRead(String content, String expectedHex) throws IOException {
        Secret expected = Secret.copyOf(HexFormat.of().parseHex(expectedHex));

        for (String ending : new String[] {"", "\n", "\r\n"}) {
            String location = plant((content + ending).getBytes(StandardCharsets.US_ASCII));
            assertThat(create().read(location)).isEqualTo(expected);
        }
    }

    @Test
    void onlyOneLineBreakIsLeftOutOfAPlainSecret() throws IOException {
        assertThat(create().read(plant("a \n\n".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(Secret.copyOf("a \n".getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @CsvSource({
        "base64:planted!secret, RFC 4648",
        "base64:AAEC/w=, RFC 4648",
        "hex:planted-secret, hexadecimal",
        "hex:abc, hexadecimal",
        "hex:, is empty",
        "base64:, is empty"
    })
    void malformedContentIsRefusedWithoutShowingIt(String content, String rule) throws IOException {
        String location = plant(content.getBytes(StandardCharsets.US_ASCII));

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> create().read(location))
                .withMessageContaining(location)
                .withMessageContaining(rule)
                .withNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("planted"));
    }
}
