package dev.hypercache.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows 12 to 22 of the attack list against a node that speaks TLS. What each check says of altered fields, one by one, is in
 * {@code transport.auth.SignatureAttackTest}.
 */
@Timeout(120)
final class SignatureAttackTest {

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

    private static void isNotBelieved(String request, String detail) throws Exception {
        Attacks.on(node).isNotBelieved(request, "SIGNATURE", detail);
        assertServesTheTrueOne();
    }

    /** A caller that does everything right is served, whatever came before. */
    private static void assertServesTheTrueOne() throws Exception {
        try (RawCaller caller = node.caller()) {
            caller.send(node.keys().call().set());
            assertThat(caller.readHead()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void row12_noProofIsNotBelieved() throws Exception {
        Attacks.on(node)
                .isNotBelieved(
                        "GET /internal/get?cache=books&key=k HTTP/1.1\r\nHost: node:1\r\n\r\n",
                        "NO_PROOF",
                        "no certificate");
        assertServesTheTrueOne();
    }

    @Test
    void row12_halfASignatureIsNotBelieved() throws Exception {
        String signed = node.keys().call().get();
        isNotBelieved(signed.replaceAll("Signature: [^\r]*\r\n", ""), "missing");
        isNotBelieved(signed.replaceAll("Signature-Input: [^\r]*\r\n", ""), "missing");
    }

    @Test
    void row13_unknownKeyAndWrongKeyGetTheSameAnswer() throws Exception {
        isNotBelieved(node.keys().call().key("nobody", SharedKeys.GOOD).get(), "unknown_key key nobody");
        isNotBelieved(node.keys().call().key(SharedKeys.GOOD, "guessed").get(), "wrong_signature key good");
    }

    @Test
    void row14_keysOutsideTheirDatesAreNotBelieved() throws Exception {
        isNotBelieved(node.keys().call().key(SharedKeys.OLD, SharedKeys.OLD).get(), "key_expired");
        isNotBelieved(node.keys().call().key(SharedKeys.NEW, SharedKeys.NEW).get(), "key_not_yet_valid");
    }

    @Test
    void row15_requestIsBelievedOnce() throws Exception {
        String set = node.keys().call().set();
        String get = node.keys().call().get();
        for (String request : new String[] {set, get}) {
            try (RawCaller caller = node.caller()) {
                assertThat(caller.send(request).readHead()).doesNotContain(" 401 ");
            }
            isNotBelieved(request, "replayed");
        }
    }

    @Test
    void row16_requestForAnotherNodeOrClusterIsNotBelieved() throws Exception {
        isNotBelieved(node.keys().call().to("other").get(), "other_target");
        isNotBelieved(node.keys().call().in("other").get(), "other_cluster");
    }

    @Test
    void row17_requestOfATimeBeforeTheNodeStartedIsNotBelieved() throws Exception {
        try (AttackedNode restarted = AttackedNode.withoutTls(directory)) {
            Attacks.on(restarted)
                    .isNotBelieved(restarted.keys().call().ahead(-10).get(), "SIGNATURE", "before_start");
        }
    }

    @ParameterizedTest(name = "row 18: {0} s ahead")
    @CsvSource({"-32, stale", "32, future", "-3600, stale", "3600, future"})
    void row18_clockThatIsOffIsNotBelieved(long aheadSeconds, String detail) throws Exception {
        isNotBelieved(node.keys().call().ahead(aheadSeconds).get(), detail);
    }

    @Test
    void row19_alteredBodyIsNotBelievedAndNothingIsDone() throws Exception {
        String set = node.keys().call().set();
        isNotBelieved(set.replace("\"value\":1", "\"value\":2"), "digest key good");
        String digestOfOther = digestOf(node.keys().call().get());
        isNotBelieved(set.replace(digestOf(set), digestOfOther), "wrong_signature");
        isNotBelieved(
                set.replace("\"value\":1", "\"value\":2").replace(digestOf(set), digestOfOther), "wrong_signature");
    }

    private static String digestOf(String request) {
        int at = request.indexOf("sha-256=:");
        return request.substring(at, request.indexOf('\r', at));
    }

    @ParameterizedTest(name = "row 20: {0} becomes {1}")
    @CsvSource({
        "POST /internal/set, POST /internal/set?a=1",
        "Host: node:1, Host: node:2",
        "Content-Type: application/json, Content-Type: application/json;a=b"
    })
    void row20_alteredHeadIsNotBelieved(String text, String by) throws Exception {
        isNotBelieved(node.keys().call().set().replace(text, by), "wrong_signature");
    }

    @Test
    void row20_alteredMethodPathAndQueryAreNotBelieved() throws Exception {
        String get = node.keys().call().get();
        isNotBelieved(get.replace("GET /internal/get", "DELETE /internal/del"), "wrong_signature");
        isNotBelieved(get.replace("key=k", "key=other"), "wrong_signature");
    }

    @ParameterizedTest(name = "row 21: {0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"@method\" \"@authority\" | \"@method\"",
                "\"@method\" \"@authority\" | \"@authority\" \"@method\"",
                ";tag= | ;expires=1;tag=",
                "\"hc-to\") | \"hc-to\" \"date\")"
            })
    void row21_otherListOfComponentsIsNotBelieved(String text, String by) throws Exception {
        isNotBelieved(node.keys().call().get().replace(text, by), "malformed");
    }

    @ParameterizedTest(name = "row 22: {0} becomes {1}")
    @CsvSource({
        "hmac-sha256, none",
        "hmac-sha256, rsa-v1_5-sha256",
        "hmac-sha256, HMAC-SHA256",
        "Signature: hc=, Signature: sig1=",
        "Signature-Input: hc=, Signature-Input: HC="
    })
    void row22_otherAlgorithmOrLabelIsNotBelieved(String text, String by) throws Exception {
        isNotBelieved(node.keys().call().get().replace(text, by), "malformed");
    }

    @ParameterizedTest(name = "row 22: {0}")
    @ValueSource(strings = {"Signature", "Signature-Input"})
    void row22_twoSignaturesInOneFieldAreNotBelieved(String field) throws Exception {
        isNotBelieved(node.keys().call().get().replaceAll("(\r\n" + field + ": )([^\r]*)", "$1$2, $2"), "malformed");
    }
}
