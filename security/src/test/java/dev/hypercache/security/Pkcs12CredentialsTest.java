package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypercache.spi.security.Credentials;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SecretUnavailableException;
import dev.hypercache.spi.security.TlsFiles;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Pkcs12CredentialsTest {

    private static final Identity NODE = new Identity("example.org", "orders", Role.MEMBER, "n1");
    private static final String PASSWORD = "planted-password";

    private final DevelopmentCa ca = DevelopmentCa.create(
            "ca", Instant.now().minusSeconds(60), Instant.now().plusSeconds(600));
    private final Credentials node = ca.issue(NODE);

    @TempDir
    private Path directory;

    @Test
    void keyChainAndTrustAreRead() throws Exception {
        Path file = store(PASSWORD, List.of(node), ca.certificate());

        Pkcs12Credentials content = Pkcs12Credentials.read(file, secret(PASSWORD));

        assertThat(content.own().key().getEncoded()).isEqualTo(node.key().getEncoded());
        assertThat(content.own().chain().get(0)).isEqualTo(node.chain().get(0));
        assertThat(content.trusted()).containsExactly(ca.certificate());
    }

    @Test
    void storeOfTheEmptyPasswordIsReadWithoutOne() throws Exception {
        Path file = store("", List.of(node), ca.certificate());

        assertThat(Pkcs12Credentials.read(file, null).trusted()).containsExactly(ca.certificate());
    }

    @Test
    void wrongOrMissingPasswordIsRefusedWithoutShowingIt() throws Exception {
        Path file = store(PASSWORD, List.of(node), ca.certificate());

        assertRefused(file, secret("planted-wrong"))
                .withMessageContaining(file.toString())
                .withMessageContaining("the password is wrong or not ASCII")
                .withMessageContaining("hypercache.security.tls.key-password.file")
                .withNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("planted"));
        assertRefused(file, secret("grüße")).withMessageContaining("not ASCII");
        assertRefused(file, null)
                .withMessageContaining("no password is given. Set hypercache.security.tls.key-password.file");
    }

    @Test
    void otherFilesAreRefused() throws Exception {
        Path file = PrivateFiles.write(directory.resolve("n1.p12"), "planted".getBytes(StandardCharsets.US_ASCII));

        assertRefused(file, secret(PASSWORD))
                .withMessageContaining("it is not PKCS#12")
                .withNoCause();
        assertRefused(directory.resolve("absent.p12"), null).withMessageContaining("absent.p12 does not exist");
    }

    @Test
    void storeOpenToOthersIsRefused() throws Exception {
        Path file = store(PASSWORD, List.of(node), ca.certificate());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertRefused(file, secret(PASSWORD)).withMessageContaining("mode 0644");
    }

    @Test
    void storeHoldsOneKey() throws Exception {
        assertRefused(store(PASSWORD, List.of(), ca.certificate()), secret(PASSWORD))
                .withMessageContaining("holds 0 private keys");
        assertRefused(store(PASSWORD, List.of(node, ca.issue(NODE)), ca.certificate()), secret(PASSWORD))
                .withMessageContaining("holds 2 private keys");
    }

    @Test
    void keyOfAnotherCertificateIsRefused() throws Exception {
        Credentials mixed = new Credentials(ca.issue(NODE).key(), node.chain());

        assertRefused(store(PASSWORD, List.of(mixed), ca.certificate()), secret(PASSWORD))
                .withMessageContaining("without a certificate that fits it");
    }

    @Test
    void storeWithoutAuthoritiesNeedsATrustFile() throws Exception {
        Path file = store("", List.of(node));
        Path trust = ca.writePem(directory, "n1", node).trust();

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> TlsParts.read(new TlsFiles(null, null, null, file, null)))
                .withMessageContaining("hypercache.security.tls.trust is not set")
                .withMessageContaining(file.toString());
        assertThat(TlsParts.read(new TlsFiles(null, null, trust, file, null)).trust())
                .containsExactly(ca.certificate());
    }

    private Path store(String password, List<Credentials> keys, X509Certificate... trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < keys.size(); i++) {
            store.setKeyEntry(
                    "key" + i,
                    keys.get(i).key(),
                    password.toCharArray(),
                    keys.get(i).chain().toArray(new X509Certificate[0]));
        }
        for (int i = 0; i < trusted.length; i++) {
            store.setCertificateEntry("trust" + i, trusted[i]);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, password.toCharArray());
        return PrivateFiles.write(directory.resolve("store.p12"), bytes.toByteArray());
    }

    private static Secret secret(String password) {
        return Secret.copyOf(password.getBytes(StandardCharsets.UTF_8));
    }

    private static ThrowableAssertAlternative<SecretUnavailableException> assertRefused(Path file, Secret password) {
        return assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> Pkcs12Credentials.read(file, password));
    }
}
