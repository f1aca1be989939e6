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

/** Rows 26 to 33 of the attack list: targets and methods that are not those of the table, from a caller that would be let in. */
@Timeout(120)
final class TargetAttackTest {

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

    private static String request(String line, String... headers) {
        StringBuilder text = new StringBuilder(line + " HTTP/1.1\r\nHost: node:1\r\n" + node.authorization());
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    private static void assertNotFound(String target) throws Exception {
        Answer answer = Attacks.on(node).isRefusedByTheGate(request("GET " + target));
        assertThat(answer.status()).as(answer.text()).isEqualTo(404);
        assertThat(answer.body()).as("no explanation for a path that is none").isEmpty();
    }

    @ParameterizedTest(name = "row 26: {0}")
    @ValueSource(strings = {"//internal/get", "/internal/./get", "/./internal/get", "/internal//get"})
    void row26_slashesAndDotsAreNotFound(String target) throws Exception {
        assertNotFound(target + "?cache=books&key=k");
    }

    @ParameterizedTest(name = "row 27: {0}")
    @ValueSource(
            strings = {
                "/health/../internal/get",
                "/health/%2e%2e/internal/get",
                "/health/..;/internal/get",
                "/health/..%2finternal/get",
                "/internal/get/..",
                "/internal/%2e%2e/internal/get"
            })
    void row27_wayUpIsNotFound(String target) throws Exception {
        assertNotFound(target + "?cache=books&key=k");
    }

    @ParameterizedTest(name = "row 28: {0}")
    @ValueSource(strings = {"/%69nternal/get", "/internal;x=1/get", "/internal/get;x=1", "/internal%2fget"})
    void row28_otherWritingsOfAPathAreNotFound(String target) throws Exception {
        assertNotFound(target + "?cache=books&key=k");
    }

    @ParameterizedTest(name = "row 29: {0}")
    @ValueSource(
            strings = {
                "/internal/get%00",
                "/internal/get%c0%ae",
                "/internal\\get",
                "/internal/get\0",
                "/internal/\u0001get"
            })
    void row29_bytesThatNoPathHasAreRefused(String target) throws Exception {
        assertThat(Attacks.on(node).isRefused(request("GET " + target)).status())
                .isIn(400, 404);
    }

    @ParameterizedTest(name = "row 30: {0}")
    @ValueSource(strings = {"/INTERNAL/get", "/internal/get/", "/Internal/Get", "/internal/ge", "/internal/merkle"})
    void row30_pathsThatAreAlikeAreNotFound(String target) throws Exception {
        assertNotFound(target + "?cache=books&key=k");
    }

    private static void assertNotAllowed(String method, String path, String allowed) throws Exception {
        Answer answer = Attacks.on(node).isRefusedByTheGate(request(method + " " + path));
        assertThat(answer.status()).as(answer.text()).isEqualTo(405);
        assertThat(answer.text()).contains("Allow: " + allowed + "\r\n");
    }

    @ParameterizedTest(name = "row 31: {0}")
    @ValueSource(strings = {"TRACE", "OPTIONS", "PUT", "PATCH", "HEAD", "JEFF", "POSTS", "DELETE"})
    void row31_otherMethodsAreNotAllowed(String method) throws Exception {
        assertNotAllowed(method, "/internal/set", "POST");
    }

    @Test
    void row31_connectIsRefused() throws Exception {
        Answer answer = Attacks.on(node).isRefused("CONNECT node:1 HTTP/1.1\r\nHost: node:1\r\n\r\n");
        assertThat(answer.status()).isIn(400, 404, 405);
    }

    @ParameterizedTest(name = "row 32: {0} {1}")
    @CsvSource({"post, /internal/set, POST", "Get, /internal/get, GET", "delete, /internal/del, DELETE"})
    void row32_methodsHaveACase(String method, String path, String allowed) throws Exception {
        assertNotAllowed(method, path, allowed);
    }

    @ParameterizedTest(name = "row 33: {0}")
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
    void row33_overridesOfTheMethodAreIgnored(String header) throws Exception {
        Answer refused = Attacks.on(node).isRefusedByTheGate(request("GET /internal/del", header + ": DELETE"));
        assertThat(refused.status()).isEqualTo(405);
        try (RawCaller caller = node.caller()) {
            caller.send(request("GET /internal/get?cache=books&key=k", header + ": DELETE"));
            assertThat(caller.readHead()).as("is read, not removed").startsWith("HTTP/1.1 404 ");
        }
    }
}
