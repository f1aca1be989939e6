package dev.hypercache.transport.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.security.HmacKeys;
import dev.hypercache.security.HmacSigner;
import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.Signature;
import dev.hypercache.spi.security.SigningKeys;
import dev.hypercache.spi.security.Verdict;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestSignerTest {

    private static final String DIGEST = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";

    private static final String PARAMETERS =
            "(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-type\" \"content-digest\" \"hc-cluster\" \"hc-to\")"
                    + ";created=1767225600;keyid=\"k1\";alg=\"hmac-sha256\";nonce=\"AAAAAAAAAAEAAAAAAAAAAg\";tag=\"hc-rpc-v1\"";

    private static final String BASE = """
            "@method": POST
            "@authority": 10.0.0.7:7400
            "@path": /internal/set
            "@query": ?a=1&b=%20
            "content-type": application/json
            "content-digest": sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:
            "hc-cluster": shop
            "hc-to": node-a
            "@signature-params":\s""" + PARAMETERS;

    @Test
    void fieldsAreThoseOfTheProfile() throws GeneralSecurityException {
        SignatureFields fields =
                signer(new HmacSigner(TestNode.keys())).sign(TestNode.post(), "node-a", new BodyDigest());

        Map<String, String> added = new TreeMap<>();
        fields.forEach(added::put);
        assertThat(added)
                .isEqualTo(Map.of(
                        "Content-Digest",
                        DIGEST,
                        "HC-Cluster",
                        "shop",
                        "HC-To",
                        "node-a",
                        "Signature-Input",
                        "hc=" + PARAMETERS,
                        "Signature",
                        "hc=:" + hmac(BASE) + ":"));
    }

    @Test
    void requestWithoutContentTypeListsNone() throws GeneralSecurityException {
        RequestHead head = new RequestHead("GET", "10.0.0.7:7400", "/metrics", "", null);

        SignatureFields fields = signer(new HmacSigner(TestNode.keys())).sign(head, "node-a", new BodyDigest());

        String parameters = PARAMETERS.replace(" \"content-type\"", "");
        assertThat(fields.signatureInput()).isEqualTo("hc=" + parameters);
        String base = BASE.replace("\"content-type\": application/json\n", "")
                .replace("POST", "GET")
                .replace("/internal/set", "/metrics")
                .replace("?a=1&b=%20", "?")
                .replace(PARAMETERS, parameters);
        assertThat(fields.signature()).isEqualTo("hc=:" + hmac(base) + ":");
    }

    @Test
    void eachSignatureHasANonceOfItsOwn() {
        TestNode node = TestNode.with(TestNode.keys());
        assertThat(Stream.generate(node::request)
                        .limit(50)
                        .map(request -> request.field("signature-input"))
                        .distinct())
                .hasSize(50);
    }

    @Test
    void signatureIsLeftOutOfLogs() {
        SignatureFields fields =
                signer(new HmacSigner(TestNode.keys())).sign(TestNode.post(), "node-a", new BodyDigest());
        assertThat(fields.toString()).contains("to node-a of shop").doesNotContain(fields.signature());
    }

    @Test
    void nothingIsSignedWithoutAValidKey() {
        RequestSigner keyless = signer(new HmacSigner(new HmacKeys()));
        assertThatThrownBy(() -> keyless.sign(TestNode.post(), "node-a", new BodyDigest()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Install a key and use it");

        HmacKeys expired = TestNode.keys(TestNode.key("old", 1, 0, TestNode.NOW_MILLIS - 1));
        RequestSigner late = signer(new HmacSigner(expired));
        assertThatThrownBy(() -> late.sign(TestNode.post(), "node-a", new BodyDigest()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not valid now");
    }

    @Test
    void keyThatIsReplacedWhileItSignsIsFollowed() {
        HmacKeys keys = twoKeys();
        SignatureFields fields = signer(new Rotating(keys, new ArrayList<>(List.of("k2"))))
                .sign(TestNode.post(), "node-a", new BodyDigest());
        assertThat(fields.signatureInput()).contains("keyid=\"k2\"");
    }

    @Test
    void keysThatKeepChangingAreReported() {
        HmacKeys keys = twoKeys();
        RequestSigner signer = signer(new Rotating(keys, new ArrayList<>(List.of("k2", "k1", "k2", "k1"))));
        assertThatThrownBy(() -> signer.sign(TestNode.post(), "node-a", new BodyDigest()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("changed 4 times");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsignable")
    void headThatAReaderCouldTakeForAnotherIsNotSigned(String part, RequestHeadMaker maker) {
        assertThatThrownBy(maker::make)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be signed as " + part + ": it has to be");
    }

    static Stream<Arguments> unsignable() {
        return Stream.of(
                row("@method", () -> new RequestHead("post", "a", "/", "", null)),
                row("@method", () -> new RequestHead("", "a", "/", "", null)),
                row("@method", () -> new RequestHead("P\nT", "a", "/", "", null)),
                row("@authority", () -> new RequestHead("GET", "Host", "/", "", null)),
                row("@authority", () -> new RequestHead("GET", "u@host", "/", "", null)),
                row("@authority", () -> new RequestHead("GET", "a".repeat(263), "/", "", null)),
                row("@path", () -> new RequestHead("GET", "a", "", "", null)),
                row("@path", () -> new RequestHead("GET", "a", "x", "", null)),
                row("@path", () -> new RequestHead("GET", "a", "/a?b", "", null)),
                row("@path", () -> new RequestHead("GET", "a", "/a b", "", null)),
                row("@path", () -> new RequestHead("GET", "a", "/" + "a".repeat(1_024), "", null)),
                row("@query", () -> new RequestHead("GET", "a", "/", "a#b", null)),
                row("@query", () -> new RequestHead("GET", "a", "/", "a\u00e4", null)),
                row("@query", () -> new RequestHead("GET", "a", "/", "a".repeat(4_097), null)),
                row("content-type", () -> new RequestHead("GET", "a", "/", "", "")),
                row("content-type", () -> new RequestHead("GET", "a", "/", "", "text/plain ")),
                row("content-type", () -> new RequestHead("GET", "a", "/", "", "text\r\nHost: b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\n", "\"", "\u00e4"})
    void targetAndClusterOfOtherCharactersAreRefused(String name) {
        RequestSigner signer = signer(new HmacSigner(TestNode.keys()));
        assertThatThrownBy(() -> signer.sign(TestNode.post(), name, new BodyDigest()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hc-to");
        MessageAuthenticator authenticator = new HmacSigner(TestNode.keys());
        assertThatThrownBy(() -> new RequestSigner(authenticator, new Counting(), () -> 0, name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hc-cluster");
    }

    private static Arguments row(String part, RequestHeadMaker maker) {
        return Arguments.of(part, maker);
    }

    /** Makes a head that cannot be made. */
    @FunctionalInterface
    interface RequestHeadMaker {
        RequestHead make();
    }

    private static RequestSigner signer(MessageAuthenticator authenticator) {
        return new RequestSigner(authenticator, new Counting(), () -> TestNode.NOW_MILLIS, TestNode.CLUSTER);
    }

    private static HmacKeys twoKeys() {
        return TestNode.keys(
                TestNode.key("k1", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                TestNode.key("k2", 2, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static String hmac(String base) throws GeneralSecurityException {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 1);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(US_ASCII)));
    }

    /** Says 1, 2, 3, ... */
    private static final class Counting implements RandomGenerator {

        private long last;

        @Override
        public long nextLong() {
            return ++last;
        }
    }

    /** Lets another key sign between the look at the key in use and the signature. */
    private static final class Rotating implements MessageAuthenticator {

        private final HmacKeys keys;
        private final HmacSigner signer;
        private final List<String> next;

        private Rotating(HmacKeys keys, List<String> next) {
            this.keys = keys;
            this.signer = new HmacSigner(keys);
            this.next = next;
        }

        @Override
        public Signature sign(long nowMillis, ByteBuffer... message) {
            if (!next.isEmpty()) {
                keys.use(next.remove(0));
            }
            return signer.sign(nowMillis, message);
        }

        @Override
        public Verdict verify(long nowMillis, Signature signature, ByteBuffer... message) {
            return signer.verify(nowMillis, signature, message);
        }

        @Override
        public byte @Nullable [] derive(long nowMillis, String keyId, ByteBuffer... context) {
            return signer.derive(nowMillis, keyId, context);
        }

        @Override
        public SigningKeys keys() {
            return keys;
        }
    }
}
