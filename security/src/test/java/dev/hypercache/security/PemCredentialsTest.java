package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypercache.spi.security.Credentials;
import dev.hypercache.spi.security.CredentialsReader;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SecretUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PemCredentialsTest {

    private static final String PASSWORD = "grüße-planted-password";

    private static IssuedPair ca;
    private static IssuedPair node;

    @TempDir
    private Path directory;

    @BeforeAll
    static void issue() throws Exception {
        ca = IssuedPair.selfSigned("CN=Test CA", "EC");
        node = ca.issue("CN=node-1", "EC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void keyAndChainAreRead(String algorithm) throws Exception {
        IssuedPair leaf = ca.issue("CN=leaf", algorithm);

        Credentials credentials =
                new PemCredentials().read(key(leaf.keyPem()), chain(leaf.certificatePem() + ca.certificatePem()), null);

        assertThat(credentials.key().getEncoded())
                .isEqualTo(leaf.keyPair().getPrivate().getEncoded());
        assertThat(credentials.chain()).containsExactly(leaf.certificate(), ca.certificate());
        assertThat(credentials).hasToString("Credentials[CN=leaf, chain of 2]");
    }

    @Test
    void encryptedKeyIsOpenedByItsPassword() throws Exception {
        Secret password = Secret.copyOf(PASSWORD.getBytes(StandardCharsets.UTF_8));

        Credentials credentials =
                new PemCredentials().read(key(node.encryptedKeyPem(PASSWORD)), chain(node.certificatePem()), password);

        assertThat(credentials.key().getEncoded())
                .isEqualTo(node.keyPair().getPrivate().getEncoded());
        assertThat(password.isDestroyed()).isFalse();
    }

    @Test
    void wrongPasswordIsRefusedWithoutShowingIt() throws Exception {
        Path file = key(node.encryptedKeyPem(PASSWORD));
        Secret wrong = Secret.copyOf("planted-wrong".getBytes(StandardCharsets.UTF_8));

        assertRefused(file, chain(node.certificatePem()), wrong)
                .withMessageContaining(file.toString())
                .withMessageContaining("password is wrong")
                .withNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("planted"));
    }

    @Test
    void encryptedKeyWithoutAPasswordIsRefused() throws Exception {
        assertRefused(key(node.encryptedKeyPem(PASSWORD)), chain(node.certificatePem()), null)
                .withMessageContaining("no password is given")
                .withMessageContaining("hypercache.security.tls.key-password.file");
    }

    @Test
    void traditionalKeysAreRead() throws Exception {
        IssuedPair rsa = ca.issue("CN=rsa", "RSA");

        Credentials credentials =
                new PemCredentials().read(key(rsa.traditionalKeyPem()), chain(rsa.certificatePem()), null);

        assertThat(credentials.key().getEncoded())
                .isEqualTo(rsa.keyPair().getPrivate().getEncoded());
    }

    @Test
    void legacyEncryptionOfOpenSslIsRefusedWithTheRemedy() throws Exception {
        assertRefused(
                        key(node.legacyEncryptedKeyPem(PASSWORD)),
                        chain(node.certificatePem()),
                        Secret.copyOf(PASSWORD.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("legacy form")
                .withMessageContaining("openssl pkcs8 -topk8");
    }

    @Test
    void keyOpenToOthersIsRefused() throws Exception {
        Path file = key(node.keyPem());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertRefused(file, chain(node.certificatePem()), null)
                .withMessageContaining("mode 0644")
                .withMessageContaining("chmod 600 " + file);
    }

    @Test
    void keyOfAnotherCertificateIsRefused() throws Exception {
        Path keyFile = key(ca.issue("CN=other", "EC").keyPem());
        Path chainFile = chain(node.certificatePem());

        assertRefused(keyFile, chainFile, null)
                .withMessageContaining(keyFile.toString())
                .withMessageContaining(chainFile.toString())
                .withMessageContaining("does not belong");
        assertRefused(key(ca.issue("CN=other", "RSA").keyPem()), chainFile, null)
                .withMessageContaining("does not belong");
    }

    @Test
    void chainInTheWrongOrderIsRefused() throws Exception {
        assertRefused(key(ca.keyPem()), chain(ca.certificatePem() + node.certificatePem()), null)
                .withMessageContaining("Certificate 1")
                .withMessageContaining("Order the chain");
    }

    @Test
    void filesWithoutTheirBlockAreRefused() throws Exception {
        assertRefused(key(node.certificatePem()), chain(node.certificatePem()), null)
                .withMessageContaining("no block BEGIN PRIVATE KEY");
        assertRefused(key(node.keyPem()), chain("no PEM at all"), null)
                .withMessageContaining("no block BEGIN CERTIFICATE");
        assertRefused(key(node.keyPem()), directory.resolve("absent.pem"), null)
                .withMessageContaining("absent.pem does not exist");
    }

    @Test
    void malformedBlocksAreRefusedWithoutShowingThem() throws Exception {
        String damagedKey = "-----BEGIN PRIVATE KEY-----\nplanted!!\n-----END PRIVATE KEY-----\n";
        String cutKey = node.keyPem().substring(0, 80);

        for (String pem : new String[] {damagedKey, cutKey, damagedKey.replace("planted!!", "AAAA")}) {
            assertRefused(key(pem), chain(node.certificatePem()), null)
                    .withMessageContaining("malformed private key")
                    .withNoCause();
        }
        assertRefused(key(node.keyPem()), chain(damagedKey.replace("PRIVATE KEY", "CERTIFICATE")), null)
                .withMessageContaining("malformed certificate");
    }

    @Test
    void missingBouncyCastleIsNamedWithTheDependency() throws Exception {
        Path keyFile = key(node.keyPem());
        Path chainFile = chain(node.certificatePem());
        ClassLoader without = new WithoutBouncyCastle(PemCredentials.class);
        Class<?> type = Class.forName(PemCredentials.class.getName(), true, without);
        assertThat(type.getClassLoader()).isSameAs(without);
        CredentialsReader reader =
                (CredentialsReader) type.getDeclaredConstructor().newInstance();

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> reader.read(keyFile, chainFile, null))
                .withMessageContaining(keyFile.toString())
                .withMessageContaining("org.bouncycastle:bcpkix-jdk18on");
    }

    private static ThrowableAssertAlternative<SecretUnavailableException> assertRefused(
            Path key, Path chain, Secret password) {
        return assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> new PemCredentials().read(key, chain, password));
    }

    private Path key(String pem) throws IOException {
        return PrivateFiles.write(directory.resolve("node.key"), pem.getBytes(StandardCharsets.US_ASCII));
    }

    private Path chain(String pem) throws IOException {
        return Files.writeString(directory.resolve("node.crt"), pem);
    }
}
