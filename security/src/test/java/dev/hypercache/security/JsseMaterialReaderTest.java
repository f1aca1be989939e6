package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.hypercache.spi.security.Credentials;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.SecretUnavailableException;
import dev.hypercache.spi.security.TlsFiles;
import dev.hypercache.spi.security.TlsMaterial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.net.ssl.SSLException;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsseMaterialReaderTest {

    private static final Identity NODE = new Identity("example.org", "orders", Role.MEMBER, "n1");
    private static final Instant NOW = Instant.now();
    private static final Instant HOUR_AGO = NOW.minus(1, ChronoUnit.HOURS);
    private static final Instant TOMORROW = NOW.plus(1, ChronoUnit.DAYS);
    private static final List<String> SUITES_13 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private static DevelopmentCa ca;
    private static DevelopmentCa otherCa;
    private static Credentials node;

    @TempDir
    private Path directory;

    private TlsFiles pem;

    @BeforeAll
    static void issue() {
        ca = DevelopmentCa.create("ca", HOUR_AGO, TOMORROW);
        otherCa = DevelopmentCa.create("other", HOUR_AGO, TOMORROW);
        node = ca.issue(NODE);
    }

    @BeforeEach
    void write() {
        pem = ca.writePem(directory, "n1", node);
    }

    @Test
    void pemFilesMakeMaterialThatSaysWhoseItIs() {
        TlsMaterial material = read(pem);

        assertThat(material.identity()).isEqualTo(NODE);
        assertThat(material.chain()).isEqualTo(node.chain());
        assertThat(material.trust()).containsExactly(ca.certificate());
        assertThat(material.protocols()).containsExactly("TLSv1.3");
        assertThat(material.suites()).isEqualTo(SUITES_13);
        assertThat(material.context()).isNotSameAs(read(pem).context());
    }

    @Test
    void olderVersionBringsItsOwnSuitesOnly() {
        TlsMaterial both = new JsseMaterialReader().read(pem, List.of("TLSv1.2", "TLSv1.3"));
        TlsMaterial old = new JsseMaterialReader().read(pem, List.of("TLSv1.2"));

        assertThat(both.protocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(both.suites()).containsAll(SUITES_13).containsAll(old.suites());
        assertThat(old.protocols()).containsExactly("TLSv1.2");
        assertThat(old.suites())
                .hasSize(6)
                .allMatch(suite -> suite.matches(
                        "TLS_ECDHE_(ECDSA|RSA)_WITH_(AES_128_GCM_SHA256|AES_256_GCM_SHA384|CHACHA20_POLY1305_SHA256)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.1", "TLSv1", "SSLv3", "tlsv1.3", "", "TLSv1.2\n"})
    void otherVersionsAreRefused(String version) {
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> new JsseMaterialReader().read(pem, List.of("TLSv1.3", version)))
                .withMessageContaining("hypercache.security.tls.protocols")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void keyStoreMakesMaterialThatTrustsItsCertificateEntries() {
        TlsMaterial material = read(ca.writePkcs12(directory, "n1", node));

        assertThat(material.identity()).isEqualTo(NODE);
        assertThat(material.chain().get(0)).isEqualTo(node.chain().get(0));
        assertThat(material.trust()).containsExactly(ca.certificate());
    }

    @Test
    void trustFileStandsInPlaceOfTheKeyStoresEntries() throws IOException {
        TlsFiles store = otherCa.writePkcs12(directory, "n1", node);

        assertRefused(store).withMessageContaining("not accepted");
        assertThat(read(new TlsFiles(null, null, pem.trust(), store.keyStore(), store.password()))
                        .trust())
                .containsExactly(ca.certificate());
    }

    @Test
    void passwordIsTakenAsItStandsLessOneLineBreak() throws Exception {
        KeyPair pair = new KeyPair(node.chain().get(0).getPublicKey(), node.key());
        String encrypted = new IssuedPair(pair, node.chain().get(0)).encryptedKeyPem("hex:00ff");
        Path key = PrivateFiles.write(directory.resolve("locked.key"), encrypted.getBytes(StandardCharsets.US_ASCII));
        Path password = directory.resolve("locked.password");
        TlsFiles files = new TlsFiles(pem.certificate(), key, pem.trust(), null, password);

        for (String ending : new String[] {"", "\n", "\r\n"}) {
            PrivateFiles.write(password, ("hex:00ff" + ending).getBytes(StandardCharsets.US_ASCII));
            assertThat(read(files).identity()).isEqualTo(NODE);
        }
        PrivateFiles.write(password, "hex:00ff\n\n".getBytes(StandardCharsets.US_ASCII));
        assertRefused(files).withMessageContaining("password is wrong");
    }

    @ParameterizedTest
    @CsvSource({
        "false, true, true, hypercache.security.tls.cert",
        "true, false, true, hypercache.security.tls.key",
        "true, true, false, hypercache.security.tls.trust",
        "false, false, true, 'hypercache.security.tls.cert, hypercache.security.tls.key'",
        "false, false, false, 'hypercache.security.tls.cert, hypercache.security.tls.key, hypercache.security.tls.trust'"
    })
    void missingSettingsAreNamed(boolean certificate, boolean key, boolean trust, String missing) {
        assertRefused(new TlsFiles(
                        certificate ? pem.certificate() : null,
                        key ? pem.key() : null,
                        trust ? pem.trust() : null,
                        null,
                        null))
                .withMessageStartingWith("Not set: " + missing + ". ")
                .withMessageContaining("hypercache.security.tls.keystore");
    }

    @Test
    void keyStoreBesidePemFilesIsRefused() {
        TlsFiles store = ca.writePkcs12(directory, "n1", node);

        assertRefused(new TlsFiles(pem.certificate(), null, null, store.keyStore(), store.password()))
                .withMessageContaining("hypercache.security.tls.cert:");
        assertRefused(new TlsFiles(null, pem.key(), null, store.keyStore(), store.password()))
                .withMessageContaining("hypercache.security.tls.key:");
    }

    @Test
    void certificateOutsideItsTimeIsRefused() {
        Credentials expired = ca.issue(NODE, List.of(), HOUR_AGO, NOW.minusSeconds(5));
        Credentials early = ca.issue(NODE, List.of(), NOW.plusSeconds(600), TOMORROW);

        for (Credentials credentials : List.of(expired, early)) {
            assertRefused(ca.writePem(directory, "n1", credentials))
                    .withMessageContaining("is valid from "
                            + credentials.chain().get(0).getNotBefore().toInstant())
                    .withMessageContaining("n1.pem")
                    .withMessageContaining("Renew it");
        }
    }

    @Test
    void certificateThatItsOwnTrustRefusesIsRefused() {
        TlsFiles files = otherCa.writePem(directory, "n1", node);

        assertRefused(files).withMessageContaining("n1.pem is not accepted by the authorities in " + files.trust());
    }

    @Test
    void certificateWithoutOneIdentityIsRefused() {
        String uri = NODE.toUri();
        for (List<String> uris :
                List.of(List.<String>of(), List.of("https://n1"), List.of(uri, uri + "2"), List.of("spiffe://x"))) {
            Credentials credentials = ca.issue("n1", uris, List.of("localhost"), HOUR_AGO, TOMORROW);
            assertRefused(ca.writePem(directory, "n1", credentials))
                    .withMessageContaining("n1.pem")
                    .withMessageContaining("dentit");
        }
    }

    @Test
    void severalAuthoritiesAreTrustedUpToALimit() throws IOException {
        String one = Files.readString(pem.trust());
        otherCa.writeAuthority(directory.resolve("other"));
        Files.writeString(pem.trust(), Files.readString(directory.resolve("other/ca.pem")) + one.repeat(63));

        assertThat(read(pem).trust()).hasSize(64).contains(ca.certificate(), otherCa.certificate());

        Files.writeString(pem.trust(), one.repeat(65));
        assertRefused(pem).withMessageContaining("holds 65 trusted certificates, at most 64");
    }

    @Test
    void materialSpeaksWithPeersOfTrustedAuthoritiesAlone() throws Exception {
        TlsMaterial mine = read(pem);
        TlsMaterial peer = read(ca.writePem(directory.resolve("peer"), "n2", ca.issue(NODE)));
        TlsMaterial stranger = read(otherCa.writePem(directory.resolve("stranger"), "n1", otherCa.issue(NODE)));

        assertThatNoException()
                .isThrownBy(() -> SelfHandshake.run(mine.context(), peer.context(), "TLSv1.3", SUITES_13));
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> SelfHandshake.run(mine.context(), stranger.context(), "TLSv1.3", SUITES_13));
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> SelfHandshake.run(stranger.context(), mine.context(), "TLSv1.3", SUITES_13));
    }

    /** DSA signs certificates but no handshake of TLS 1.3 (RFC 8446 §4.2.3). */
    @Test
    void keyThatTlsDoesNotKnowIsFoundByTheHandshake() throws Exception {
        KeyPair issuer = KeyPairGenerator.getInstance("EC").generateKeyPair();
        X509Certificate authority = CertificateIssuer.authority("ca", issuer, HOUR_AGO, TOMORROW);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("DSA");
        generator.initialize(1_024);
        KeyPair pair = generator.generateKeyPair();
        LeafRequest request = new LeafRequest("n1", List.of(NODE.toUri()), List.of(), HOUR_AGO, TOMORROW);
        X509Certificate leaf = CertificateIssuer.leaf(issuer.getPrivate(), authority, request, pair.getPublic());
        CredentialFiles files = new CredentialFiles(directory);

        assertRefused(new TlsFiles(
                        files.writeCertificates("n1.pem", List.of(leaf)),
                        files.writeKey("n1.key", pair.getPrivate()),
                        files.writeCertificates("ca.pem", List.of(authority)),
                        null,
                        null))
                .withMessageContaining("cannot complete a handshake of TLSv1.3")
                .withMessageContaining("n1.pem");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "'', true", "TRUE, true", "false, false", "no, false"})
    void jvmThatDoesNotVerifyHostNamesIsRefused(String value, boolean refused) {
        System.setProperty(JsseMaterialReader.VERIFICATION_OFF, value);
        try {
            if (refused) {
                assertRefused(pem).withMessageContaining(JsseMaterialReader.VERIFICATION_OFF);
            } else {
                assertThat(read(pem).identity()).isEqualTo(NODE);
            }
        } finally {
            System.clearProperty(JsseMaterialReader.VERIFICATION_OFF);
        }
    }

    private static TlsMaterial read(TlsFiles files) {
        return new JsseMaterialReader().read(files, List.of());
    }

    private static ThrowableAssertAlternative<SecretUnavailableException> assertRefused(TlsFiles files) {
        return assertThatExceptionOfType(SecretUnavailableException.class).isThrownBy(() -> read(files));
    }
}
