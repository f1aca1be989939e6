package dev.hypercache.transport.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.security.HmacKeys;
import dev.hypercache.security.HmacSigner;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.transport.auth.RequestVerdict.Accepted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of {@code docs/SIGNING.md} is what this package says and accepts. */
final class SigningPageTest {

    private static final Pattern KEY = Pattern.compile("(?m)^key=([0-9a-f]+)$");
    private static final Pattern FIELD = Pattern.compile("(?m)^([A-Za-z-]+): (.*)$");
    private static final Pattern CREATED = Pattern.compile(";created=([0-9]+);keyid=\"([^\"]+)\"");

    private final String page = read();
    private final TestRequest request = request(block("http"));

    @Test
    void requestOfThePageIsAccepted() {
        long createdMillis = Long.parseLong(found(CREATED, page).group(1)) * 1_000;
        RequestVerifier verifier = RequestVerifier.create(
                new HmacSigner(keys()), "shop", Set.of("node-a"), () -> createdMillis, new ReplayMemory(1, 0));

        RequestVerdict head =
                verifier.verifyHead(request.method(), request.path(), request.query(), request.fields()::get);

        assertThat(head).isInstanceOf(Accepted.class);
        assertThat(verifier.verifyBody((Accepted) head, TestRequest.digestOf(request.body())))
                .isEqualTo(head);
    }

    @Test
    void baseOfThePageIsTheOneThatIsSigned() {
        ReceivedHead received = new ReceivedHead(request.fields()::get);
        assertThat(received.read(request.method(), request.path(), request.query()))
                .isNull();
        ByteBuffer base = received.signedHead().base(received.input());
        assertThat(block("text")).isEqualTo(US_ASCII.decode(base).toString());
    }

    @Test
    void scriptsOfThePageSignTheSameRequest() {
        for (String script : List.of(block("sh"), block("python"))) {
            assertThat(script)
                    .contains(found(KEY, page).group(1))
                    .contains(request.body())
                    .contains("\"hc-rpc-v1\"")
                    .contains("10.0.0.7:7400");
        }
    }

    private HmacKeys keys() {
        String id = found(CREATED, page).group(2);
        Secret secret =
                Secret.copyOf(HexFormat.of().parseHex(found(KEY, block("sh")).group(1)));
        HmacKeys keys = new HmacKeys();
        keys.install(SigningKey.unlimited(id, secret, Role.MEMBER));
        return keys;
    }

    private static TestRequest request(String text) {
        String[] headAndBody = text.split("\n\n", 2);
        String[] line = headAndBody[0].split("[ ?\n]", 3);
        Map<String, List<String>> fields = new TreeMap<>();
        Matcher field = FIELD.matcher(headAndBody[0]);
        while (field.find()) {
            fields.put(field.group(1).toLowerCase(Locale.ROOT), List.of(field.group(2)));
        }
        return new TestRequest(line[0], line[1], "", fields, headAndBody[1]);
    }

    /** The first block of a language, without the line break at its end. */
    private String block(String language) {
        return found(Pattern.compile("(?ms)^```" + language + "\n(.*?)\n```$"), page)
                .group(1);
    }

    private static Matcher found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("the page lacks " + pattern);
        }
        return matcher;
    }

    private static String read() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
        }
        try {
            return Files.readString(directory.resolve("docs/SIGNING.md"));
        } catch (IOException e) {
            throw new AssertionError("run inside the repository", e);
        }
    }
}
