package dev.hypercache.transport.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hypercache.fuzz.Reading;
import dev.hypercache.transport.auth.RequestVerdict.Accepted;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as the head of a signed request: it is refused, unless it is the very one that was signed. What is read as {@code
 * Signature-Input} is the same when it is written again.
 */
final class SignatureHeaderFuzzTest {

    /** What each line of the input is; a carriage return cuts a line into several fields of one name. */
    private static final List<String> FIELDS =
            List.of("signature-input", "signature", "content-digest", "content-type", "hc-cluster", "hc-to", "host");

    private static final TestNode NODE = TestNode.with(TestNode.keys());

    private static final TestRequest FULL = NODE.request().withBody("");

    private static final TestRequest BARE = TestRequest.signed(
            NODE.signer, new RequestHead("GET", TestNode.ADDRESS, "/metrics", "", null), TestNode.NAME, "");

    static Stream<byte[]> seeds() {
        return Stream.of(
                        FULL,
                        BARE,
                        FULL.replaced("signature-input", "\"@method\" \"@authority\"", "\"@authority\" \"@method\""),
                        FULL.replaced("signature-input", "hmac-sha256", "none"),
                        FULL.replaced("signature-input", ";tag=", ";expires=1;tag="),
                        FULL.twice("signature", FULL.field("signature")),
                        BARE.with("content-type", "text/plain").without("signature"))
                .map(SignatureHeaderFuzzTest::written);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void headIsRefusedUnlessItIsTheSignedOne(byte[] bytes) {
        TestRequest request = read(bytes);
        RequestVerdict verdict = Reading.of(
                bytes.length,
                Reading.FACTOR,
                () -> NODE.verifier.verifyHead(
                        request.method(), request.path(), request.query(), request.fields()::get));
        NODE.authenticator.verifiedBytes.clear();
        boolean isSigned = request.equals(FULL) || request.equals(BARE);
        if (verdict instanceof Accepted != isSigned) {
            throw new AssertionError("the verdict is " + verdict + ": " + request);
        }
        SignatureInput input = SignatureInput.parse(request.field("signature-input"));
        if (input != null && !input.toString().equals(request.field("signature-input"))) {
            throw new AssertionError("written again it is another one: " + input);
        }
    }

    private static TestRequest read(byte[] bytes) {
        String[] lines = new String(bytes, ISO_8859_1).split("\n", -1);
        Map<String, List<String>> fields = new TreeMap<>();
        for (int i = 0; i < FIELDS.size() && i < lines.length; i++) {
            if (!lines[i].isEmpty()) {
                fields.put(FIELDS.get(i), List.of(lines[i].split("\r", -1)));
            }
        }
        int at = FIELDS.size();
        return new TestRequest(line(lines, at), line(lines, at + 1), line(lines, at + 2), fields, "");
    }

    private static String line(String[] lines, int at) {
        return at < lines.length ? lines[at] : "";
    }

    private static byte[] written(TestRequest request) {
        String fields = FIELDS.stream()
                .map(name -> String.join("\r", request.fields().getOrDefault(name, List.of())) + "\n")
                .collect(Collectors.joining());
        String text = fields + String.join("\n", request.method(), request.path(), request.query());
        return text.getBytes(ISO_8859_1);
    }
}
