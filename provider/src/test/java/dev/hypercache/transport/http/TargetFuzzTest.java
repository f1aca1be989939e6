package dev.hypercache.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a target: what passes is exactly what SECURITY §3.3 writes down as an expression. */
final class TargetFuzzTest {

    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/_.-]{0,200}");
    private static final Pattern DOTS = Pattern.compile("(.*/)?\\.\\.?(/.*)?");
    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9_.~=&%-]{0,2000}");

    private static final RouteTable ROUTES = RouteTable.builder()
            .get("/", Audience.CALLERS, exchange -> {})
            .get("/internal/mux", Audience.CALLERS, exchange -> {})
            .build();

    static Stream<byte[]> seeds() {
        return Stream.of("", "/", "/internal/mux", "/a/../b", "/.", "//", "/a%2e", "a=b&c=%20~", "/" + "a".repeat(201))
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void targetPassesIfTheExpressionSaysSo(byte[] bytes) {
        String target = new String(bytes, ISO_8859_1);
        boolean isPath = PATH.matcher(target).matches()
                && !target.contains("//")
                && !DOTS.matcher(target).matches();
        require(RequestTarget.isPath(target) == isPath, "path", target);
        require(RequestTarget.isQuery(target) == QUERY.matcher(target).matches(), "query", target);
        require(ROUTES.find(target) == null || ROUTES.paths().contains(target), "route", target);
        if (isPath) {
            require(!RequestTarget.hasControl(target), "control", target);
        }
    }

    private static void require(boolean holds, String what, String target) {
        if (!holds) {
            throw new AssertionError("taken for another " + what + ": " + target);
        }
    }
}
