package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.spi.security.Credentials;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.SecretUnavailableException;
import dev.hypercache.spi.security.TlsFiles;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevelopmentCaTest {

    private static final Identity NODE = new Identity("example.org", "orders", Role.MEMBER, "n1");
    private static final Instant START =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);
    private static final Instant END = START.plusSeconds(3_600);
    private static final int SIGNS_DIGITALLY = 0;
    private static final int SIGNS_CERTIFICATES = 5;

    private final DevelopmentCa ca = DevelopmentCa.create("Test CA", START, END);

    @TempDir
    private Path directory;

    @Test
    void authorityMayIssueAndItsLeavesMayNot() throws Exception {
        X509Certificate authority = ca.certificate();
        X509Certificate leaf = ca.issue(NODE).chain().get(0);

        authority.verify(authority.getPublicKey());
        assertThat(authority.getBasicConstraints()).isZero();
        assertThat(authority.getKeyUsage()[SIGNS_CERTIFICATES]).isTrue();
        assertThat(authority.getCriticalExtensionOIDs()).contains("2.5.29.19", "2.5.29.15");
        assertThat(authority.getNotBefore().toInstant()).isEqualTo(START);
        assertThat(authority.getNotAfter().toInstant()).isEqualTo(END);
        leaf.verify(authority.getPublicKey());
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getKeyUsage()[SIGNS_DIGITALLY]).isTrue();
        assertThat(leaf.getKeyUsage()[SIGNS_CERTIFICATES]).isFalse();
    }

    @Test
    void leafSpeaksForItsIdentityAndHosts() throws Exception {
        Credentials credentials = ca.issue(NODE, List.of("n1.example.org", "10.0.0.1", "::1"), START, END);
        X509Certificate leaf = credentials.chain().get(0);

        assertThat(Identity.of(leaf)).isEqualTo(NODE);
        assertThat(namesOf(leaf)).containsExactly("6=" + NODE, "2=n1.example.org", "7=10.0.0.1", "7=0:0:0:0:0:0:0:1");
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(leaf.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(((ECPublicKey) leaf.getPublicKey()).getParams().getOrder().bitLength())
                .isEqualTo(256);
        assertThat(KeyProof.belongTogether(credentials.key(), leaf)).isTrue();
    }

    @Test
    void defaultsAreTheLocalHostsAndTheAuthoritysTime() throws Exception {
        X509Certificate leaf = ca.issue(NODE).chain().get(0);

        assertThat(namesOf(leaf)).contains("2=localhost", "7=127.0.0.1", "7=0:0:0:0:0:0:0:1");
        assertThat(leaf.getNotBefore().toInstant()).isEqualTo(START);
        assertThat(leaf.getNotAfter().toInstant()).isEqualTo(END);
    }

    @Test
    void serialsAreLongAndNeverTheSame() {
        assertThat(List.of(ca.issue(NODE), ca.issue(NODE), ca.issue(NODE)))
                .extracting(each -> each.chain().get(0).getSerialNumber())
                .allMatch(serial -> serial.signum() > 0 && serial.bitLength() == 128)
                .doesNotHaveDuplicates();
    }

    @Test
    void commonNameAndOtherNamesAreNoIdentity() {
        String uri = NODE.toUri();

        assertNoIdentity(uri, List.of(), List.of()).withMessageContaining("has no identity");
        assertNoIdentity(uri, List.of(), List.of("localhost")).withMessageContaining("has no identity");
        assertNoIdentity("n1", List.of("https://example.org/orders/member/n1"), List.of())
                .withMessageContaining("has no identity");
        assertNoIdentity("n1", List.of("SPIFFE" + uri.substring(6)), List.of())
                .withMessageContaining("has no identity");
        assertNoIdentity("n1", List.of(uri, uri), List.of()).withMessageContaining("several identities");
        assertNoIdentity("n1", List.of(uri + "/x"), List.of()).withMessageContaining("is not spiffe://");
    }

    @Test
    void oneIdentityCountsAmongOtherUris() {
        X509Certificate leaf = ca.issue("n1", List.of("https://example.org", NODE.toUri()), List.of(), START, END)
                .chain()
                .get(0);

        assertThat(Identity.of(leaf)).isEqualTo(NODE);
    }

    @Test
    void writtenAuthorityIsTakenUpAgain() throws Exception {
        ca.writeAuthority(directory);

        DevelopmentCa again = DevelopmentCa.read(directory);

        assertThat(again.certificate()).isEqualTo(ca.certificate());
        assertThatCode(() ->
                        again.issue(NODE).chain().get(0).verify(ca.certificate().getPublicKey()))
                .doesNotThrowAnyException();
        assertThat(modeOf(directory.resolve("ca.key"))).isEqualTo("rw-------");
        assertThat(modeOf(directory.resolve("ca.pem"))).startsWith("rw-r");
    }

    @Test
    void filesOfALeafAreNotTakenForAnAuthority() throws Exception {
        ca.writePem(directory, "n1", ca.issue(NODE));
        Files.move(directory.resolve("n1.key"), directory.resolve("ca.key"));
        Files.copy(directory.resolve("n1.pem"), directory.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> DevelopmentCa.read(directory))
                .withMessageContaining("not those of an authority");
    }

    @Test
    void secretsAreWrittenForTheirOwnerAloneAndReplaced() throws Exception {
        for (int i = 0; i < 2; i++) {
            Credentials credentials = ca.issue(NODE);
            TlsFiles pem = ca.writePem(directory.resolve("new"), "n1", credentials);
            TlsFiles store = ca.writePkcs12(directory.resolve("new"), "n1", credentials);

            assertThat(modeOf(pem.key())).isEqualTo("rw-------");
            assertThat(modeOf(store.keyStore())).isEqualTo("rw-------");
            assertThat(modeOf(store.password())).isEqualTo("rw-------");
            assertThat(new JsseMaterialReader().read(pem, List.of()).chain()).isEqualTo(credentials.chain());
            assertThat(new JsseMaterialReader().read(store, List.of()).chain()).containsAll(credentials.chain());
        }
        try (var files = Files.list(directory.resolve("new"))) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("ca.pem", "n1.pem", "n1.key", "n1.p12", "n1.password");
        }
    }

    @Test
    void missingBouncyCastleIsNamedWithTheDependency() throws Exception {
        Class<?> type =
                Class.forName(DevelopmentCa.class.getName(), true, new WithoutBouncyCastle(DevelopmentCa.class));
        var create = type.getMethod("create", String.class, Instant.class, Instant.class);

        assertThatExceptionOfType(InvocationTargetException.class)
                .isThrownBy(() -> create.invoke(null, "ca", START, END))
                .withCauseInstanceOf(SecretUnavailableException.class)
                .satisfies(e -> assertThat(e.getCause()).hasMessageContaining("org.bouncycastle:bcpkix-jdk18on"));
    }

    private ThrowableAssertAlternative<IllegalArgumentException> assertNoIdentity(
            String commonName, List<String> uris, List<String> hosts) {
        X509Certificate leaf =
                ca.issue(commonName, uris, hosts, START, END).chain().get(0);
        return assertThatIllegalArgumentException().isThrownBy(() -> Identity.of(leaf));
    }

    private static List<String> namesOf(X509Certificate certificate) throws Exception {
        List<String> names = new ArrayList<>();
        for (List<?> name : certificate.getSubjectAlternativeNames()) {
            names.add(name.get(0) + "=" + name.get(1));
        }
        return names;
    }

    private static String modeOf(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
