package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.spi.security.BearerTokens.Grant;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.SigningKeysReader.Listed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NewLineTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void newTokenIsLetInByItsLine() throws IOException {
        NewToken made = NewToken.of("ops", Role.ADMIN);

        assertThat(made.token())
                .matches("[A-Za-z0-9_-]{43}")
                .isNotEqualTo(NewToken.of("ops", Role.ADMIN).token());
        assertThat(made.line()).matches("ops admin sha256:[0-9a-f]{64}");
        assertThat(made.toString()).doesNotContain(made.token());
        assertThat(new TokenFileReader().read(file(made.line())).find(made.token(), 0))
                .isEqualTo(new Grant("ops", Role.ADMIN));
    }

    @Test
    void newKeyIsReadFromItsLine() throws IOException {
        String line = NewKey.line("k1", Role.MEMBER);

        Listed listed = new KeyFileReader().read(file(line + " signs"));

        assertThat(line).startsWith("k1 member base64:").isNotEqualTo(NewKey.line("k1", Role.MEMBER));
        assertThat(listed.signing()).isEqualTo("k1");
        assertThat(listed.keys().get(0).secret().length()).isEqualTo(32);
        assertThat(listed.keys().get(0).role()).isEqualTo(Role.MEMBER);
    }

    @Test
    void programPrintsWhatItMade() {
        assertThat(run("ops", "admin")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("made ops ADMIN");
        assertThat(err.size()).isZero();
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThat(run("ops")).isEqualTo(2);
        assertThat(run("ops", "root")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("<id> <role>")
                .contains("Role \"root\" is none of member, client, admin, metrics");
        assertThat(out.size()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewKey.line("k 1", Role.MEMBER))
                .withMessageContaining("\"k 1\"");
        assertThatIllegalArgumentException().isThrownBy(() -> NewToken.of("", Role.MEMBER));
    }

    private int run(String... args) {
        return NewLine.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                (id, role) -> "made " + id + " " + role);
    }

    private Path file(String line) throws IOException {
        return PrivateFiles.write(directory.resolve("lines"), line.getBytes(StandardCharsets.US_ASCII));
    }
}
