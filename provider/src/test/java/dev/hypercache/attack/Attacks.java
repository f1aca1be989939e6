package dev.hypercache.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypercache.spi.security.Role;
import java.util.List;

/** What every attack of the list leaves behind: an answer without detail, a count, a line in the audit log, and nothing else. */
final class Attacks {

    private static final String UNAUTHENTICATED =
            "{\"code\":\"UNAUTHENTICATED\",\"message\":\"this node asks who calls, and no proof that it accepts came"
                    + " with the request; nothing was done\"}";
    private static final String FORBIDDEN =
            "{\"code\":\"FORBIDDEN\",\"message\":\"the caller may not do this; nothing was done\"}";

    private final AttackedNode node;
    private final long rejected;
    private final long refusals;
    private final int lines;
    private final int calls;

    private Attacks(AttackedNode node) {
        this.node = node;
        this.rejected = rejectedOf(node);
        this.refusals = node.refusals();
        this.lines = node.audit().all().size();
        this.calls = node.books().calls();
    }

    private static long rejectedOf(AttackedNode node) {
        return node.counters().rejectedCount() + node.counters().deniedCount();
    }

    /** Remembers how things are before an attack. */
    static Attacks on(AttackedNode node) {
        return new Attacks(node);
    }

    /** Somebody without a certificate asks for something on an entry, and is not believed. */
    void isNotBelieved(String request, String reason, String detail) throws Exception {
        try (RawCaller caller = node.caller()) {
            turnsAway(caller.send(request).readAll(), 401, UNAUTHENTICATED, reason, detail);
        }
    }

    /** Somebody who is known asks for something on an entry that is not for it. */
    void isForbidden(RawCaller caller, String request, String reason) throws Exception {
        turnsAway(caller.send(request).readAll(), 403, FORBIDDEN, reason, "");
    }

    /** A caller got this answer, and the connection has ended. */
    void turnsAway(Answer answer, int status, String body, String reason, String detail) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.body()).as("one body for all reasons").isEqualTo(body);
        assertThat(answer.text().contains("WWW-Authenticate: Bearer realm=\"hypercache\"\r\n"))
                .as("a scheme")
                .isEqualTo(status == 401);
        leavesALine(reason, detail);
    }

    /** The attack was counted once and written down once. */
    void leavesALine(String reason, String detail) {
        assertThat(rejectedOf(node)).as("callers turned away").isEqualTo(rejected + 1);
        List<JsonNode> written = node.audit().all();
        assertThat(written).as("lines").hasSize(lines + 1);
        JsonNode line = written.get(lines);
        assertThat(line.path("event").asText()).isEqualTo(reason.equals("ROLE") ? "ROLE_DENIED" : "CALLER_REJECTED");
        assertThat(line.path("reason").asText()).as("%s", line).isEqualTo(reason);
        assertThat(line.path("detail").asText()).as("%s", line).contains(detail);
        assertThat(line.path("peer").asText()).contains("127.0.0.1");
        assertThat(line.toString()).doesNotContain(node.token(Role.CLIENT));
        reachesNothing();
    }

    /** Nobody came as far as the entries. */
    void reachesNothing() {
        assertThat(node.books().calls()).as("calls of the cache").isEqualTo(calls);
        assertThat(node.listener().firstEvents()).isEmpty();
    }

    /**
     * A caller that would be let in asks for what is not served: it is refused, its connection ends, and this is no matter of
     * the audit log, since nobody was asked who it is.
     */
    Answer isRefused(String request) throws Exception {
        try (RawCaller caller = node.caller()) {
            Answer answer = caller.send(request).readAll();
            assertThat(answer.text()).doesNotContain("Exception", "dev.hypercache", "\tat ", node.name());
            assertThat(rejectedOf(node)).as("callers turned away").isEqualTo(rejected);
            assertThat(node.audit().all()).as("lines").hasSize(lines);
            reachesNothing();
            return answer;
        }
    }

    /** The same, by the gate itself, which counts it. */
    Answer isRefusedByTheGate(String request) throws Exception {
        Answer answer = isRefused(request);
        assertThat(node.refusals()).as("refusals").isEqualTo(refusals + 1);
        return answer;
    }
}
