package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SelfHandshakeTest {

    private static final Identity NODE = new Identity("example.org", "orders", Role.MEMBER, "n1");

    private final Instant now = Instant.now();
    private final DevelopmentCa ca = DevelopmentCa.create("ca", now.minusSeconds(60), now.plusSeconds(600));
    private final DevelopmentCa otherCa = DevelopmentCa.create("other", now.minusSeconds(60), now.plusSeconds(600));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void eachEndJudgesTheOther(String version) throws Exception {
        SSLContext strict = contextOf(otherCa, "strict", otherCa);
        SSLContext open = contextOf(ca, "open", ca, otherCa);
        SSLContext openToo = contextOf(otherCa, "too", ca, otherCa);
        List<String> suites = TlsVersions.suitesOf(
                List.of(version), List.of(open.getSupportedSSLParameters().getCipherSuites()));

        assertThatNoException().isThrownBy(() -> SelfHandshake.run(open, openToo, version, suites));
        assertThatNoException().isThrownBy(() -> SelfHandshake.run(openToo, open, version, suites));
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> SelfHandshake.run(open, strict, version, suites));
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> SelfHandshake.run(strict, open, version, suites));
    }

    @Test
    void endsWithoutACommonSuiteDoNotComeTogether() throws Exception {
        SSLContext context = contextOf(ca, "n1", ca);

        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> SelfHandshake.run(
                        context, context, "TLSv1.2", List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")));
    }

    private SSLContext contextOf(DevelopmentCa issuer, String name, DevelopmentCa... trusted) throws Exception {
        Path place = directory.resolve(name);
        TlsFiles files = issuer.writePem(place, "n1", issuer.issue(NODE));
        StringBuilder trust = new StringBuilder();
        for (DevelopmentCa each : trusted) {
            each.writeAuthority(place.resolve("trusted"));
            trust.append(Files.readString(place.resolve("trusted/ca.pem")));
        }
        Files.writeString(place.resolve("ca.pem"), trust);
        // Read by hand, since the reader refuses what does not trust itself.
        TlsParts parts = TlsParts.read(files);
        return JsseMaterialReader.contextOf(parts, JsseMaterialReader.trustManagersOf(parts.trust()));
    }
}
