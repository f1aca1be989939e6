package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypercache.config.ConfigurationException;
import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.security.DevelopmentCa;
import dev.hypercache.security.NewToken;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.TlsFiles;
import dev.hypercache.telemetry.NodeMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a node does not start with (SECURITY R10): each refusal names the setting and what to do, and shows no secret. */
final class StartRefusalsTest {

    private static final String SECURITY = "hypercache.security.";
    private static final String KEYS = SECURITY + "hmac.keys.file";
    private static final String CERT = SECURITY + "tls.cert";
    private static final String KEY = SECURITY + "tls.key";
    private static final String TRUST = SECURITY + "tls.trust";
    private static final String STORE = SECURITY + "tls.keystore";
    private static final String PASSWORD = SECURITY + "tls.key-password.file";
    private static final String BEARER = SECURITY + "bearer.file";
    /** 32 bytes whose hexadecimal digits a test looks for. */
    private static final String SECRET = "5ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2";

    @TempDir
    private static Path directory;

    private static DevelopmentCa ca;
    private static TlsFiles member;

    @BeforeAll
    static void issue() {
        Instant now = Instant.now();
        ca = DevelopmentCa.create("test", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        member = pem("hypercache", Role.MEMBER, "one");
    }

    private static TlsFiles pem(String cluster, Role role, String node) {
        String name = cluster + "-" + role.label() + "-" + node;
        return ca.writePem(directory.resolve(name), name, ca.issue(new Identity("test.example", cluster, role, node)));
    }

    private static String file(String name, String mode, String content) {
        try {
            Path file = directory.resolve(name);
            Files.deleteIfExists(file);
            Files.createFile(file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            return Files.writeString(file, content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String secret(String name, String content) {
        return file(name, "rw-------", content);
    }

    private static NodeSecurity security(String bind, Map<String, String> given) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.bind", bind);
        properties.putAll(given);
        Settings settings = Settings.load(ManagerUri.of(null), properties, Sources.none());
        try (NodeMetrics metrics = NodeMetrics.create(settings)) {
            return NodeSecurity.of(settings, Address.parse(bind), Address.parse(bind), metrics.node());
        }
    }

    private static Arguments refused(String what, Map<String, String> given, String setting, String remedy) {
        return Arguments.of(what, "10.0.0.7:7400", given, setting, remedy);
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                refused("no proofs at all", Map.of(), "hypercache.bind", "set hypercache.security.hmac.keys.file"),
                refused("a file that is missing", Map.of(KEYS, directory + "/none"), KEYS, "Create it"),
                refused(
                        "a key of 31 bytes",
                        Map.of(KEYS, secret("short", "k1 member hex:" + SECRET.substring(2) + " signs\n")),
                        KEYS,
                        "Make one with its line"),
                refused(
                        "an empty key",
                        Map.of(KEYS, secret("empty", "k1 member hex: signs\n")),
                        KEYS,
                        "Write the secret there"),
                refused("an empty file", Map.of(KEYS, secret("nothing", "# none\n")), KEYS, "Mend that file"),
                refused(
                        "a file that others may read",
                        Map.of(KEYS, file("open", "rw-r--r--", "k1 member hex:" + SECRET + " signs\n")),
                        KEYS,
                        "chmod 600"),
                refused(
                        "keys that verify and none that signs",
                        Map.of(KEYS, secret("mute", "k1 member hex:" + SECRET + "\n")),
                        KEYS,
                        "Add the word to the line"),
                refused(
                        "a misspelt key",
                        Map.of(SECURITY + "requireClientAuht", "true"),
                        SECURITY + "requireClientAuht",
                        "Remove"),
                refused(
                        "tokens without TLS",
                        Map.of(
                                KEYS,
                                secret("good", "k1 member hex:" + SECRET + " signs\n"),
                                BEARER,
                                secret("tokens", NewToken.of("t", Role.CLIENT).line() + "\n")),
                        BEARER,
                        "or remove the tokens"));
    }

    static Stream<Arguments> certificates() {
        String cert = member.certificate().toString();
        String key = member.key().toString();
        String trust = member.trust().toString();
        TlsFiles other = pem("other", Role.MEMBER, "one");
        TlsFiles client = pem("hypercache", Role.CLIENT, "one");
        TlsFiles store = ca.writePkcs12(
                directory.resolve("store"),
                "one",
                ca.issue(new Identity("test.example", "hypercache", Role.MEMBER, "one")));
        return Stream.of(
                refused("no key", Map.of(CERT, cert, TRUST, trust), CERT, "Set hypercache.security.tls.key too"),
                refused("no certificate", Map.of(KEY, key, TRUST, trust), KEY, "Set hypercache.security.tls.cert too"),
                refused("no trust", Map.of(CERT, cert, KEY, key), TRUST, "Set all three"),
                refused("another cluster", pem(other), "hypercache.cluster.name", "issue a certificate for this one"),
                refused("a client's certificate", pem(client), CERT, "/member/<node>"),
                refused(
                        "another node",
                        with(pem(member), "hypercache.node.name", "two"),
                        "hypercache.node.name",
                        "Set the node's name to that"),
                refused(
                        "a key of another certificate",
                        Map.of(CERT, cert, KEY, other.key().toString(), TRUST, trust),
                        CERT,
                        "Mend the files"),
                refused(
                        "an old version",
                        with(pem(member), SECURITY + "tls.protocols", "TLSv1"),
                        "tls.protocols",
                        "Leave"),
                refused(
                        "a wrong password",
                        Map.of(STORE, store.keyStore().toString(), PASSWORD, secret("guess", SECRET + "\n")),
                        STORE,
                        "assword"));
    }

    private static Map<String, String> pem(TlsFiles files) {
        return Map.of(
                CERT, files.certificate().toString(),
                KEY, files.key().toString(),
                TRUST, files.trust().toString());
    }

    private static Map<String, String> with(Map<String, String> given, String key, String value) {
        Map<String, String> all = new HashMap<>(given);
        all.put(key, value);
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"keys", "certificates"})
    void nodeDoesNotStart(String what, String bind, Map<String, String> given, String setting, String remedy) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> security(bind, given).close())
                .satisfies(refused -> {
                    assertThat(refused.getMessage()).contains(setting).contains(remedy);
                    for (Throwable at = refused; at != null; at = at.getCause()) {
                        assertThat(at.toString()).doesNotContain(SECRET.substring(2, 40));
                    }
                });
    }

    @Test
    void nodeStartsWithCertificatesOrKeys() {
        security("10.0.0.7:7400", pem(member)).close();
        security("10.0.0.7:7400", Map.of(KEYS, secret("enough", "k1 member hex:" + SECRET + " signs\n")))
                .close();
        security("127.0.0.1:7400", Map.of()).close();
    }

    @Test
    void nodeStartsOpenToAllOnlyIfItIsTold() {
        try (NodeSecurity open = security("10.0.0.7:7400", Map.of(SECURITY + "insecure", "on"))) {
            assertThat(open.port().isOpen()).isTrue();
        }
    }
}
