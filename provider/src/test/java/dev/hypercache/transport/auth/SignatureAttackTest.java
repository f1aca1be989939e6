package dev.hypercache.transport.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.security.HmacKeys;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows 12 to 22 of the attack list (SECURITY §4.3). After each attempt the true request still passes. */
final class SignatureAttackTest {

    private static final String LIST =
            "(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-type\" \"content-digest\""
                    + " \"hc-cluster\" \"hc-to\")";

    private final HmacKeys keys = TestNode.keys();
    private final TestNode node = TestNode.with(keys);

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource({"missing", "alteredRequest", "alteredInput", "alteredSignature"})
    void alteredRequestIsRefused(int row, String attempt, UnaryOperator<TestRequest> alter, String reason) {
        TestRequest request = node.request();
        TestRequest altered = alter.apply(request);
        assertThat(altered).isNotEqualTo(request);

        assertThat(node.outcome(altered)).isEqualTo(reason);
        assertThat(node.outcome(request)).isEqualTo("ACCEPTED");
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                row(12, "no signature", r -> r.without("signature").without("signature-input"), "MISSING"),
                row(12, "no Signature", r -> r.without("signature"), "MISSING"),
                row(12, "no Signature-Input", r -> r.without("signature-input"), "MISSING"),
                row(12, "no Content-Digest", r -> r.without("content-digest"), "MISSING"),
                row(12, "no HC-Cluster", r -> r.without("hc-cluster"), "MISSING"),
                row(12, "no HC-To", r -> r.without("hc-to"), "MISSING"),
                row(12, "no Host", r -> r.without("host"), "MISSING"),
                row(12, "empty Signature", r -> r.with("signature", ""), "MALFORMED"));
    }

    static Stream<Arguments> alteredRequest() {
        String other = TestRequest.digestOf("other").toField();
        return Stream.of(
                row(19, "body", r -> r.withBody("other"), "DIGEST"),
                row(19, "digest", r -> r.with("content-digest", other), "WRONG_SIGNATURE"),
                row(19, "body and digest", r -> r.withBody("other").with("content-digest", other), "WRONG_SIGNATURE"),
                row(19, "other digest algorithm", r -> r.replaced("content-digest", "sha-256", "sha-512"), "MALFORMED"),
                row(
                        19,
                        "second digest",
                        r -> r.with("content-digest", r.field("content-digest") + ", md5=:AA==:"),
                        "MALFORMED"),
                row(19, "loose digest", r -> withLooseBits(r, "content-digest", "=:"), "MALFORMED"),
                row(20, "method", r -> r.withMethod("PUT"), "WRONG_SIGNATURE"),
                row(20, "method's case", r -> r.withMethod("post"), "MALFORMED"),
                row(20, "path", r -> r.withPath("/internal/get"), "WRONG_SIGNATURE"),
                row(20, "path's end", r -> r.withPath(r.path() + "/"), "WRONG_SIGNATURE"),
                row(20, "path's encoding", r -> r.withPath("/internal/%73et"), "WRONG_SIGNATURE"),
                row(20, "query", r -> r.withQuery("a=2&b=%20"), "WRONG_SIGNATURE"),
                row(20, "query's order", r -> r.withQuery("b=%20&a=1"), "WRONG_SIGNATURE"),
                row(20, "query's encoding", r -> r.withQuery("a=1&b=+"), "WRONG_SIGNATURE"),
                row(20, "no query", r -> r.withQuery(""), "WRONG_SIGNATURE"),
                row(20, "line break in the query", r -> r.withQuery("a=1&b=%20\n\"x\": y"), "MALFORMED"),
                row(20, "authority", r -> r.with("host", "10.0.0.8:7400"), "WRONG_SIGNATURE"),
                row(20, "authority's case", r -> r.with("host", "Node-A:7400"), "MALFORMED"),
                row(20, "content type", r -> r.with("content-type", "application/msgpack"), "WRONG_SIGNATURE"),
                row(
                        20,
                        "content type's parameter",
                        r -> r.with("content-type", "application/json;a=b"),
                        "WRONG_SIGNATURE"),
                row(20, "no content type", r -> r.without("content-type"), "MALFORMED"),
                row(16, "cluster", r -> r.with("hc-cluster", "other"), "WRONG_SIGNATURE"),
                row(16, "target", r -> r.with("hc-to", TestNode.ADDRESS), "WRONG_SIGNATURE"),
                row(23, "two signatures", r -> r.twice("signature", r.field("signature")), "DUPLICATED"),
                row(23, "two inputs", r -> r.twice("signature-input", r.field("signature-input")), "DUPLICATED"),
                row(23, "two hosts", r -> r.twice("host", "10.0.0.8:7400"), "DUPLICATED"),
                row(23, "two types", r -> r.twice("content-type", "a/b"), "DUPLICATED"),
                row(23, "two digests", r -> r.twice("content-digest", other), "DUPLICATED"),
                row(23, "two clusters", r -> r.twice("hc-cluster", "shop"), "DUPLICATED"),
                row(23, "two targets", r -> r.twice("hc-to", "node-a"), "DUPLICATED"));
    }

    static Stream<Arguments> alteredInput() {
        return Stream.of(
                input(21, "shortened by the type", " \"content-type\"", ""),
                input(21, "shortened by the method", "\"@method\" ", ""),
                input(21, "shortened by the target", " \"hc-to\"", ""),
                input(21, "empty list", LIST, "()"),
                input(21, "longer list", "\"hc-to\"", "\"hc-to\" \"date\""),
                input(21, "component twice", "\"hc-to\"", "\"hc-to\" \"hc-to\""),
                input(21, "other order", "\"@method\" \"@authority\"", "\"@authority\" \"@method\""),
                input(21, "parameter of a component", "\"content-type\"", "\"content-type\";bs"),
                input(21, "extra parameter", ";tag=", ";expires=1767225700;tag="),
                input(21, "parameter twice", ";tag=", ";created=1767225600;tag="),
                input(
                        21,
                        "other order of parameters",
                        ";created=1767225600;keyid=\"k1\"",
                        ";keyid=\"k1\";created=1767225600"),
                input(21, "blank", ";created", "; created"),
                input(21, "two blanks", "\"@path\" ", "\"@path\"  "),
                input(21, "created with zeros", "created=", "created=0"),
                input(21, "created with a sign", "created=", "created=-"),
                input(21, "created of many digits", "created=", "created=1000"),
                input(21, "no nonce", ";nonce=", ";nince="),
                input(21, "longer nonce", ";nonce=\"", ";nonce=\"A"),
                input(22, "algorithm none", "hmac-sha256", "none"),
                input(22, "algorithm rsa", "hmac-sha256", "rsa-v1_5-sha256"),
                input(22, "algorithm in capitals", "hmac-sha256", "HMAC-SHA256"),
                input(22, "no algorithm", ";alg=\"hmac-sha256\"", ""),
                input(22, "component in capitals", "hc-to", "HC-To"),
                input(22, "tag in capitals", "hc-rpc-v1", "HC-RPC-V1"),
                input(22, "other tag", "hc-rpc-v1", "hc-rpc-v2"),
                input(22, "other label", "hc=(", "sig1=("),
                input(22, "label in capitals", "hc=(", "HC=("),
                input(22, "no label", "hc=(", "("),
                row(22, "blank behind", r -> r.with("signature-input", r.field("signature-input") + " "), "MALFORMED"),
                row(
                        22,
                        "line break behind",
                        r -> r.with("signature-input", r.field("signature-input") + "\n"),
                        "MALFORMED"),
                row(
                        22,
                        "two inputs in one",
                        r -> r.with("signature-input", r.field("signature-input") + ", x=()"),
                        "MALFORMED"),
                row(
                        22,
                        "input twice in one",
                        r -> r.with(
                                "signature-input", r.field("signature-input").repeat(2)),
                        "MALFORMED"),
                row(13, "unknown key", r -> r.replaced("signature-input", "\"k1\"", "\"k9\""), "UNKNOWN_KEY"),
                row(13, "no key id", r -> r.replaced("signature-input", "\"k1\"", "\"\""), "MALFORMED"),
                row(
                        13,
                        "key id of other characters",
                        r -> r.replaced("signature-input", "\"k1\"", "\"k'\""),
                        "MALFORMED"),
                row(22, "loose nonce", r -> withLooseBits(r, "signature-input", "\";tag="), "MALFORMED"),
                row(15, "other nonce", SignatureAttackTest::withOtherNonce, "WRONG_SIGNATURE"));
    }

    static Stream<Arguments> alteredSignature() {
        return Stream.of(
                row(22, "other label", r -> r.replaced("signature", "hc=", "sig1="), "MALFORMED"),
                row(22, "label in capitals", r -> r.replaced("signature", "hc=", "HC="), "MALFORMED"),
                row(22, "two in one", r -> r.with("signature", r.field("signature") + ", x=:AA==:"), "MALFORMED"),
                row(22, "shorter", r -> r.with("signature", "hc=:" + "A".repeat(42) + "=:"), "MALFORMED"),
                row(
                        22,
                        "as a string",
                        r -> r.with("signature", r.field("signature").replace(':', '"')),
                        "MALFORMED"),
                row(22, "written in another way", r -> withLooseBits(r, "signature", "=:"), "MALFORMED"),
                row(22, "empty", r -> r.with("signature", "hc=::"), "MALFORMED"),
                row(22, "zeros", r -> r.with("signature", "hc=:" + "A".repeat(43) + "=:"), "WRONG_SIGNATURE"));
    }

    @Test
    void typeGivenToARequestWithoutOneIsRefused() {
        RequestHead head = new RequestHead("POST", TestNode.ADDRESS, "/internal/set", "", null);
        TestRequest request = TestRequest.signed(node.signer, head, TestNode.NAME, "{}");
        TestRequest given = request.with("content-type", "application/json");
        assertThat(node.outcome(given)).isEqualTo("MALFORMED");
        assertThat(node.outcome(given.replaced("signature-input", "\"@query\"", "\"@query\" \"content-type\"")))
                .isEqualTo("WRONG_SIGNATURE");
        assertThat(node.outcome(request)).isEqualTo("ACCEPTED");
    }

    @Test
    void signatureOfAnotherKeyIsRefused() {
        TestNode other = TestNode.with(TestNode.keys(TestNode.key("k1", 9, Long.MIN_VALUE, Long.MAX_VALUE)));
        assertThat(node.outcome(other.request())).isEqualTo("WRONG_SIGNATURE");
        TestNode stranger = TestNode.with(TestNode.keys(TestNode.key("k9", 1, Long.MIN_VALUE, Long.MAX_VALUE)));
        assertThat(node.outcome(stranger.request())).isEqualTo("UNKNOWN_KEY");
    }

    @Test
    void keyOutsideItsDatesIsRefused() {
        TestNode late = TestNode.with(TestNode.keys(TestNode.key("k1", 1, 0, TestNode.NOW_MILLIS - 1)));
        assertThat(late.outcome(node.request())).isEqualTo("KEY_EXPIRED");
        TestNode early = TestNode.with(TestNode.keys(TestNode.key("k1", 1, TestNode.NOW_MILLIS + 1, Long.MAX_VALUE)));
        assertThat(early.outcome(node.request())).isEqualTo("KEY_NOT_YET_VALID");
    }

    @Test
    void requestForAnotherNodeOrClusterIsRefused() {
        TestRequest request = node.request();
        assertThat(node.outcome(request)).isEqualTo("ACCEPTED");
        assertThat(TestNode.named(keys, "shop", "node-b").outcome(request)).isEqualTo("OTHER_TARGET");
        assertThat(TestNode.named(keys, "other", "node-a").outcome(request)).isEqualTo("OTHER_CLUSTER");
        assertThat(TestNode.named(keys, "shop", "Node-A").outcome(request)).isEqualTo("OTHER_TARGET");
    }

    @ParameterizedTest(name = "signed {0} s ahead of the node: {1}")
    @CsvSource({
        "0, ACCEPTED",
        "-29, ACCEPTED",
        "30, ACCEPTED",
        "-31, STALE",
        "31, FUTURE",
        "-3600, STALE",
        "3600, FUTURE",
        "-86400, STALE",
        "86400, FUTURE"
    })
    void requestIsAcceptedFor30SecondsBeforeAndAfter(long aheadSeconds, String outcome) {
        TestRequest request = node.request();
        node.clock.addAndGet(-1_000 * aheadSeconds);
        TestNode up = TestNode.startedAt(keys, node.clock.get() - 100_000_000);
        up.clock.set(node.clock.get());
        assertThat(up.outcome(request)).isEqualTo(outcome);
    }

    private static TestRequest withOtherNonce(TestRequest request) {
        String input = request.field("signature-input");
        int at = input.indexOf("nonce=\"") + "nonce=\"".length();
        char other = input.charAt(at) == 'A' ? 'B' : 'A';
        return request.with("signature-input", input.substring(0, at) + other + input.substring(at + 1));
    }

    /** The last digit has bits that mean nothing: the same bytes, another text. */
    private static TestRequest withLooseBits(TestRequest request, String name, String behind) {
        String value = request.field(name);
        int at = value.lastIndexOf(behind) - 1;
        char loose = (char) (value.charAt(at) + 1);
        return request.with(name, value.substring(0, at) + loose + value.substring(at + 1));
    }

    private static Arguments row(int row, String attempt, UnaryOperator<TestRequest> alter, String reason) {
        return Arguments.of(row, attempt, alter, reason);
    }

    private static Arguments input(int row, String attempt, String text, String by) {
        return row(row, attempt, request -> request.replaced("signature-input", text, by), "MALFORMED");
    }
}
