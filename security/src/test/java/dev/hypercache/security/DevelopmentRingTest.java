package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.TlsFiles;
import dev.hypercache.spi.security.TlsMaterial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DevelopmentRingTest {

    @TempDir
    private Path directory;

    private Path certs;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void place() {
        certs = directory.resolve("certs");
    }

    @Test
    void oneCommandIssuesARingWhoseFilesWork() {
        assertThat(run("--client app --member n1 --member n2 --admin ops --metrics prometheus --host n.example.org"))
                .isZero();

        TlsMaterial member = read("n1");
        assertThat(member.identity()).isEqualTo(new Identity("example.org", "hypercache", Role.MEMBER, "n1"));
        assertThat(read("n2").trust()).isEqualTo(member.trust());
        assertThat(read("app").identity().role()).isEqualTo(Role.CLIENT);
        assertThat(read("ops").identity().role()).isEqualTo(Role.ADMIN);
        assertThat(read("prometheus").identity().role()).isEqualTo(Role.METRICS);
        assertThat(Duration.between(Instant.now(), Instant.ofEpochMilli(member.notAfterMillis())))
                .isBetween(Duration.ofDays(29), Duration.ofDays(30));
        assertThat(printed(out))
                .contains("Wrote " + certs.resolve("app.pem"))
                .contains("hypercache.security.tls.cert=" + certs.resolve("n1.pem"))
                .contains("hypercache.security.tls.key=" + certs.resolve("n1.key"))
                .contains("hypercache.security.tls.trust=" + certs.resolve("ca.pem"))
                .contains("For development and tests only");
        assertThat(err.size()).isZero();
    }

    @Test
    void keyStoresAreWrittenOnDemand() {
        assertThat(run("--member n1 --pkcs12")).isZero();

        TlsFiles store = new TlsFiles(null, null, null, certs.resolve("n1.p12"), certs.resolve("n1.password"));
        assertThat(new JsseMaterialReader().read(store, List.of()).chain())
                .containsAll(read("n1").chain());
        assertThat(printed(out)).contains("hypercache.security.tls.keystore=" + certs.resolve("n1.p12"));
    }

    @Test
    void laterCommandTakesUpTheAuthority() throws IOException {
        assertThat(run("--member n1")).isZero();
        byte[] authority = Files.readAllBytes(certs.resolve("ca.key"));

        assertThat(run("--member n2 --days 7")).isZero();

        assertThat(Files.readAllBytes(certs.resolve("ca.key"))).isEqualTo(authority);
        assertThat(read("n2").trust()).isEqualTo(read("n1").trust());
        assertThat(printed(out)).contains("Uses the authority");
    }

    @Test
    void existingCertificateIsReplacedByForceAlone() throws IOException {
        assertThat(run("--member n1")).isZero();
        byte[] key = Files.readAllBytes(certs.resolve("n1.key"));

        assertThat(run("--member n2 --member n1")).isEqualTo(1);
        assertThat(printed(err)).contains(certs.resolve("n1.pem") + " exists").contains("--force");
        assertThat(Files.readAllBytes(certs.resolve("n1.key"))).isEqualTo(key);
        assertThat(certs.resolve("n2.pem")).doesNotExist();

        assertThat(run("--member n1 --force")).isZero();
        assertThat(Files.readAllBytes(certs.resolve("n1.key"))).isNotEqualTo(key);
        assertThat(read("n1").identity().node()).isEqualTo("n1");
    }

    @Test
    void certificateNeverOutlivesItsAuthority() {
        assertThat(run("--member n1 --days 1")).isZero();

        assertThat(run("--member n2 --days 367")).isEqualTo(1);
        assertThat(printed(err)).contains("ends at").contains("fewer --days");
    }

    @Test
    void halfAnAuthorityIsRefused() throws IOException {
        assertThat(run("--member n1")).isZero();
        Files.delete(certs.resolve("ca.key"));

        assertThat(run("--member n2")).isEqualTo(1);
        assertThat(printed(err)).contains(certs.resolve("ca.key") + " does not exist");
    }

    @Test
    void directoryThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(certs, "a file");

        assertThat(run("--member n1")).isEqualTo(1);
        assertThat(printed(err)).contains(certs.resolve("ca.key") + " cannot be written");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | There are 0 names",
                "--member | --member needs a value",
                "--member --pkcs12 | --member needs a value",
                "--membre n1 | Argument \"--membre\" is unknown",
                "n1 | Argument \"n1\" is unknown",
                "--member n1 --client N1 | Name \"N1\" is taken",
                "--member ca | Name \"ca\" is taken",
                "--member ../n1 | The node \"../n1\"",
                "--member .. | The node \"..\"",
                "--member n1 --out x | --out is given twice",
                "--member n1 --days 0 | --days is \"0\"",
                "--member n1 --days 3651 | --days is \"3651\"",
                "--member n1 --days ten | --days is \"ten\"",
                "--member n1 --host n1:7401 | --host \"n1:7401\"",
                "--member n1 --host [::1] | --host \"[::1]\"",
                "--member n1 --host :::: | --host \"::::\"",
                "--member n1 --host https://n1 | --host \"https://n1\""
            })
    void wrongArgumentIsNamedWithTheUsage(String arguments, String error) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(printed(err)).contains(error).contains("Usage: DevelopmentCa");
        assertThat(out.size()).isZero();
        assertThat(certs).doesNotExist();
    }

    @Test
    void missingArgumentsAreNamed() {
        PrintStream to = new PrintStream(err, true, StandardCharsets.UTF_8);

        assertThat(DevelopmentRing.run(new String[0], to, to)).isEqualTo(2);
        assertThat(printed(err)).contains("--out is missing").contains("Usage: DevelopmentCa");
    }

    private int run(String arguments) {
        List<String> all = new ArrayList<>(
                List.of("--out", certs.toString(), "--trust-domain", "example.org", "--cluster", "hypercache"));
        all.addAll(Arrays.asList(arguments.isEmpty() ? new String[0] : arguments.split(" ")));
        return DevelopmentRing.run(
                all.toArray(new String[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private TlsMaterial read(String name) {
        TlsFiles files = new TlsFiles(
                certs.resolve(name + ".pem"), certs.resolve(name + ".key"), certs.resolve("ca.pem"), null, null);
        return new JsseMaterialReader().read(files, List.of());
    }

    private static String printed(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
