package dev.hypercache.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.security.Role;
import dev.hypercache.transport.undertow.TestAuthority;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 4 to 7 and 23 to 25 of the attack list: certificates and tokens that do not let anybody in. */
@Timeout(120)
final class ProofAttackTest {

    private static final String GET = "GET /internal/get?cache=books&key=k HTTP/1.1\r\nHost: node:1\r\n";

    @TempDir
    private static Path directory;

    private static AttackedNode node;

    @BeforeAll
    static void start() throws Exception {
        node = AttackedNode.withTls(directory);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static RawCaller certified(String... uris) throws Exception {
        SSLContext as = node.authority().stranger(uris);
        return RawCaller.tls(node.address(), as);
    }

    @Test
    void trueTokenAndTrueCertificateAreServed() throws Exception {
        try (RawCaller caller = node.caller()) {
            assertThat(caller.send(GET + node.authorization() + "\r\n").readHead())
                    .startsWith("HTTP/1.1 404 ");
        }
        try (RawCaller caller = certified("spiffe://test.example/hypercache/client/app")) {
            assertThat(caller.send(GET + "\r\n").readHead()).startsWith("HTTP/1.1 404 ");
        }
        assertThat(node.books().calls()).isPositive();
    }

    @ParameterizedTest(name = "row 4: {0}")
    @CsvSource({
        "spiffe://test.example/other/client/app, OTHER_CLUSTER",
        "spiffe://other.example/hypercache/client/app, OTHER_TRUST_DOMAIN"
    })
    void row04_certificateOfAnotherClusterIsForbidden(String uri, String reason) throws Exception {
        Attacks attack = Attacks.on(node);
        try (RawCaller caller = certified(uri)) {
            attack.isForbidden(caller, GET + "\r\n", reason);
        }
    }

    @Test
    void row05_certificateWithoutAnIdentityIsForbidden() throws Exception {
        String[][] names = {{}, {"https://node.example"}, {"spiffe://test.example/hypercache/client/a/b"}};
        for (String[] uris : names) {
            Attacks attack = Attacks.on(node);
            try (RawCaller caller = certified(uris)) {
                attack.isForbidden(caller, GET + "\r\n", "NO_IDENTITY");
            }
        }
    }

    @ParameterizedTest(name = "row 7: {0}")
    @ValueSource(
            strings = {
                "GET /internal/get?cache=books&key=k",
                "DELETE /internal/del?cache=books&key=k",
                "POST /internal/set"
            })
    void row07_monitorsAndOperatorsDoNotReadEntries(String line) throws Exception {
        for (Role role : List.of(Role.METRICS, Role.ADMIN)) {
            String head = line + " HTTP/1.1\r\nHost: node:1\r\n";
            Attacks byCertificate = Attacks.on(node);
            try (RawCaller caller =
                    certified(TestAuthority.identity(role, "raw").toUri())) {
                byCertificate.isForbidden(caller, head + "\r\n", "ROLE");
            }
            Attacks byToken = Attacks.on(node);
            try (RawCaller caller = node.caller()) {
                byToken.isForbidden(caller, head + "Authorization: Bearer " + node.token(role) + "\r\n\r\n", "ROLE");
            }
        }
    }

    @ParameterizedTest(name = "row 23: {0}")
    @ValueSource(
            strings = {"Authorization: Bearer other", "authorization: x", "Host: node:2", "Signature: a\r\nSignature: b"
            })
    void row23_proofThatIsThereTwiceIsABadRequest(String second) throws Exception {
        Answer answer = Attacks.on(node).isRefused(GET + node.authorization() + second + "\r\n\r\n");
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void row23_tokenAndSignatureTogetherAreNotBelieved() throws Exception {
        String signed = node.keys().call().get();
        String both = signed.replace("Host: node:1\r\n", "Host: node:1\r\n" + node.authorization());
        Attacks.on(node).isNotBelieved(both, "SEVERAL_PROOFS", "");
    }

    static Stream<Arguments> wrongTokens() throws Exception {
        String token = node.token(Role.CLIENT);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        String first = token.substring(0, 1);
        return Stream.of(
                Arguments.of("empty", "Bearer "),
                Arguments.of("no token", "Bearer"),
                Arguments.of("prefix", "Bearer " + token.substring(0, token.length() - 1)),
                Arguments.of("longer", "Bearer " + token + "A"),
                Arguments.of("two tokens", "Bearer " + token + ", " + token),
                Arguments.of("other case", "Bearer " + token.toLowerCase(Locale.ROOT)),
                Arguments.of("other first character", "Bearer " + (first.equals("A") ? "B" : "A") + token.substring(1)),
                Arguments.of("its digest", "Bearer " + HexFormat.of().formatHex(digest)),
                Arguments.of("its line", "Bearer sha256:" + HexFormat.of().formatHex(digest)),
                Arguments.of("its id", "Bearer client-token"),
                Arguments.of("10 kB", "Bearer " + "A".repeat(10_000)),
                Arguments.of("other scheme", "Basic " + token),
                Arguments.of("scheme in capitals", "BEARER " + token));
    }

    @ParameterizedTest(name = "row 24: {0}")
    @MethodSource("wrongTokens")
    void row24_wrongTokenIsNotBelieved(String name, String authorization) throws Exception {
        Attacks.on(node).isNotBelieved(GET + "Authorization: " + authorization + "\r\n\r\n", "UNKNOWN_TOKEN", "");
    }

    @Test
    void row24_tokenOfAMegabyteIsABadRequest() throws Exception {
        Answer answer = Attacks.on(node).isRefused(GET + "Authorization: Bearer " + "A".repeat(1 << 20) + "\r\n\r\n");
        assertThat(answer.status()).isIn(0, 400);
    }

    @ParameterizedTest(name = "row 25: {0}")
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
                "{\"alg\":\"RS256\",\"jku\":\"https://evil.example/keys\"}",
                "{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}}",
                "{\"alg\":\"ES256\",\"kid\":\"../../good\"}"
            })
    void row25_tokenOfAnotherKindIsUnknown(String header) throws Exception {
        String claims = "{\"iss\":\"hypercache\",\"aud\":\"hypercache\",\"sub\":\"client-token\",\"role\":\"member\"}";
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String jwt = base64.encodeToString(header.getBytes(UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(UTF_8)) + "."
                + base64.encodeToString(new byte[32]);
        Attacks.on(node).isNotBelieved(GET + "Authorization: Bearer " + jwt + "\r\n\r\n", "UNKNOWN_TOKEN", "");
    }
}
