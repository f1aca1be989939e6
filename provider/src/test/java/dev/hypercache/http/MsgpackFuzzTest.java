package dev.hypercache.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a body of MessagePack. */
final class MsgpackFuzzTest {

    static Stream<byte[]> seeds() {
        List<@Nullable Object> mixed = new ArrayList<>(List.of(1L, -1L << 40, 2.5, true, "x", Map.of("a", 1L)));
        mixed.add(null);
        List<Map<String, @Nullable Object>> seeds = List.of(
                Map.of(),
                FaceServer.entry("books", "k", 1L, "int"),
                FaceServer.entry("books", "k\u00e9", new byte[] {0, 1, 2}, "bytes"),
                FaceServer.entry("books", "k", Double.NaN, "double"),
                FaceServer.entry("books", "k", mixed, "json"),
                new LinkedHashMap<>(Map.of("type", "none")));
        return seeds.stream().map(BodyFormat.MSGPACK::write);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void bodyIsReadOrRefused(byte[] body) {
        BodyProperties.check(BodyFormat.MSGPACK, body);
    }
}
