package dev.hypercache.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code java -jar} starts. */
@Timeout(90)
final class StandaloneJarTest {

    private static final int SIGTERM = 143;
    private static final int BAD_CONFIGURATION = 2;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static HttpResponse<String> get(String address, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + address + path)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> set(String address, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/internal/set"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void threeJarsFormARingAndLeaveIt() throws Exception {
        try (JarRing ring = JarRing.start(0, 3)) {
            ring.awaitReady();
            for (int node = 0; node < 3; node++) {
                assertThat(get(ring.address(node), "/internal/ring").body()).contains("\"founding\"");
            }
            for (JarProcess process : ring.processes()) {
                assertThat(process.leave()).isEqualTo(SIGTERM);
            }
        }
    }

    @Test
    void jarThatIsToldNoAddressSaysWhatItNeeds() throws Exception {
        try (JarProcess process = new JarProcess(List.of())) {
            assertThat(process.exitCode()).isEqualTo(BAD_CONFIGURATION);
        }
    }

    @Test
    void jarsAnswerForTheCachesOfAnApplication() throws Exception {
        try (JarRing ring = JarRing.start(1, 3);
                Application application = new Application(ring.settingsOf(0))) {
            Cache<String, String> books = application.manager().createCache("books", new MutableConfiguration<>());
            books.put("faust", "Goethe");
            ring.awaitReady();
            for (int node = 1; node < 3; node++) {
                assertThat(get(ring.address(node), "/internal/get?cache=books&key=faust")
                                .body())
                        .contains("\"value\":\"Goethe\"");
            }
            String moby = "{\"cache\":\"books\",\"key\":\"moby\",\"value\":\"Melville\",\"type\":\"string\"}";
            assertThat(set(ring.address(1), moby).statusCode()).isEqualTo(200);
            assertThat(books.get("moby")).isEqualTo("Melville");
            assertThat(get(ring.address(2), "/internal/get?cache=papers&key=k").body())
                    .contains("CACHE_UNKNOWN");
        }
    }

    @Test
    void applicationLosesNothingWhenAJarBesideItLeaves() throws Exception {
        try (JarRing ring = JarRing.start(1, 3);
                Application application = new Application(ring.settingsOf(0))) {
            Cache<String, String> books = application.manager().createCache("books", new MutableConfiguration<>());
            for (int i = 0; i < 100; i++) {
                books.put("k" + i, "v" + i);
            }
            ring.awaitReady();
            assertThat(ring.processes().get(0).leave()).isEqualTo(SIGTERM);
            for (int i = 0; i < 100; i++) {
                assertThat(books.get("k" + i)).isEqualTo("v" + i);
            }
        }
    }
}
