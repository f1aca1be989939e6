package dev.hypercache.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a body of JSON. */
final class JsonFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{}",
                        "{\"cache\":\"books\",\"key\":\"k\",\"value\":1,\"type\":\"int\"}",
                        "{\"cache\":\"b\",\"key\":7,\"keyType\":\"long\",\"value\":-1.5e-7,\"type\":\"double\",\"level\":\"ONE\"}",
                        "{\"cache\":\"b\",\"key\":\"\\u00e9\\ud83d\\ude00\",\"value\":\"AAEC\",\"type\":\"bytes\"}",
                        "{\"cache\":\"b\",\"key\":true,\"keyType\":\"boolean\",\"value\":\"t\",\"type\":\"string\","
                                + "\"expiryMillis\":1000}",
                        "{\"cache\":\"b\",\"key\":\"k\",\"value\":{\"a\":[1,null,2.5,\"x\",{}]},\"type\":\"json\"}",
                        "{\"cache\":\"b\",\"key\":\"k\",\"value\":1,\"type\":\"none\"}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void bodyIsReadOrRefused(byte[] body) {
        BodyProperties.check(BodyFormat.JSON, body);
    }
}
