package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.security.DevelopmentCa;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets stay in their files (SECURITY R11): neither logs at TRACE, nor answers over HTTP, thread dumps and system properties of
 * three processes show any, whatever goes wrong.
 */
@Tag("cluster")
@Tag("sockets")
@Tag("long")
@Timeout(240)
final class SecretsTest {

    private static final int NODES = 3;
    private static final int KEYS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> PATHS = List.of(
            "/internal/ring",
            "/internal/get?cache=driven&key=k1",
            "/internal/get?cache=driven&key=",
            "/internal/mux",
            "/internal/unknown",
            "/health",
            "/metrics",
            "/cluster/keys");
    private static final String SET = "{\"cache\":\"driven\",\"key\":\"h\",\"value\":\"v\",\"type\":\"string\"}";

    /** Everything that might show a secret. */
    @TempDir
    private Path collected;

    @Test
    void ringWithCertificatesShowsNone() throws Exception {
        DevelopmentCa authority = CertificateFolder.newAuthority("test");
        assertNoneIsShown(new SecretFolder(NODES, authority), HttpCaller.trusting(authority));
    }

    @Test
    void ringWithSharedKeysAloneShowsNone() throws Exception {
        assertNoneIsShown(new SecretFolder(NODES), HttpCaller.plain());
    }

    private void assertNoneIsShown(SecretFolder secrets, HttpCaller caller) throws Exception {
        try (ProcessRing ring = start(secrets)) {
            for (int i = 0; i < KEYS; i++) {
                assertThat(ring.ask(i % NODES, "put", "k" + i, "v" + i)).isEqualTo("done");
                assertThat(ring.ask((i + 1) % NODES, "get", "k" + i)).isEqualTo("v" + i);
            }
            for (int node = 0; node < NODES; node++) {
                request(secrets, caller, ring.address(node));
            }
            for (String file : secrets.files()) {
                secrets.spoil(file);
                awaitLogged("RELOAD_FAILED.*/" + file.replace(".", "\\.") + " ");
                secrets.mend(file);
            }
            awaitLogged("CALLER_REJECTED");
            awaitLogged("^TRACE .*io\\.undertow");
            for (int node = 0; node < NODES; node++) {
                dump(ring.pid(node));
            }
            SecretSearch search = new SecretSearch(secrets.secrets());
            assertThat(search.hits(collected)).isEmpty();

            assertThat(ring.ask(0, "trace", secrets.clientToken())).isEqualTo("done");
            assertThat(search.hits(collected))
                    .containsExactly("trace-0 shows client token", "trace-0 shows client token, decoded");
        }
    }

    private ProcessRing start(RingSecurity security) throws IOException {
        RingSecurity more = node -> {
            List<String> all = new ArrayList<>(security.settingsOf(node));
            all.add("hypercache.security.reload.interval=200ms");
            all.add("logback.configurationFile=logback-trace.xml");
            all.add("test.log.file=" + collected.resolve("trace-" + node));
            return all;
        };
        File errors = collected.resolve("errors").toFile();
        return new ProcessRing(more, errors, event -> {}, (node, line) -> collect("out-" + node, line + "\n"));
    }

    private void collect(String name, String text) {
        try {
            Files.writeString(
                    collected.resolve(name),
                    text,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError("what was collected cannot be written", e);
        }
    }

    /** Requests with the right token, a wrong one, the right signature, a wrong one, and neither. */
    private void request(SecretFolder secrets, HttpCaller caller, String address) throws Exception {
        Map<String, String> known = Map.of("Authorization", "Bearer " + secrets.clientToken());
        Map<String, String> admin = Map.of("Authorization", "Bearer " + secrets.adminToken());
        Map<String, String> wrong = Map.of("Authorization", "Bearer " + secrets.newWrongToken());
        Map<String, String> malformed = Map.of("Authorization", "Basic " + secrets.newWrongToken());
        for (String path : PATHS) {
            for (Map<String, String> headers : List.of(known, admin, wrong, malformed, Map.<String, String>of())) {
                collect("answers", caller.get(address, path, headers).text());
            }
        }
        HttpCaller.Answer done = caller.post(address, "/internal/set", known, SET);
        assertThat(done.status()).isEqualTo(200);
        collect("answers", done.text());
        assertThat(caller.post(address, "/internal/set", wrong, SET).status()).isEqualTo(401);
        SignedCaller signer = SignedCaller.with(secrets.newWrongKey());
        HttpCaller.Answer unsigned = caller.get(address, "/internal/ring", signer.fieldsOf(address, "/internal/ring"));
        assertThat(unsigned.status()).isEqualTo(401);
        collect("answers", unsigned.text());
    }

    /** Until each node has logged something. */
    private void awaitLogged(String expression) {
        Pattern pattern = Pattern.compile(expression, Pattern.MULTILINE);
        for (int node = 0; node < NODES; node++) {
            Path log = collected.resolve("trace-" + node);
            await().atMost(PATIENCE)
                    .until(() -> pattern.matcher(Files.readString(log, StandardCharsets.ISO_8859_1))
                            .find());
        }
    }

    /** What the tools of the JDK show of a process. */
    private void dump(long pid) throws IOException, InterruptedException {
        for (String command : List.of("Thread.print", "VM.system_properties", "VM.command_line")) {
            Path file = collected.resolve(command + "-" + pid);
            Process jcmd = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/jcmd", Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .redirectOutput(file.toFile())
                    .start();
            assertThat(jcmd.waitFor()).as(command).isZero();
            assertThat(file).isNotEmptyFile();
        }
    }
}
