package dev.hypercache.management;

import dev.hypercache.transport.auth.AuditLog;
import dev.hypercache.transport.http.CallerCheck;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets a ring go on whose topology log lost its majority: {@code POST /cluster/reform?dead=NAME&dead=NAME}. */
final class ReformRoute implements HttpHandler {

    static final String PATH = "/cluster/reform";

    private static final String DEAD = "dead";
    private static final RingCommand.Codes CODES = new RingCommand.Codes(404, "NO_SUCH_MEMBER", "NOT_REFORMABLE");

    private final RingCommand command;
    private final AuditLog audit;

    ReformRoute(RingCommand command, AuditLog audit) {
        this.command = command;
        this.audit = audit;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Map<String, Deque<String>> query = exchange.getQueryParameters();
        Deque<String> dead = query.get(DEAD);
        if (dead == null || dead.contains("") || !query.keySet().equals(Set.of(DEAD))) {
            JsonAnswer.fail(
                    exchange, 400, "BAD_REQUEST", "the query is dead=NAME, once for each member that will not return");
            return;
        }
        List<String> names = List.copyOf(dead);
        String by = CallerCheck.of(exchange).name();
        command.perform(exchange, CODES, ring -> {
            audit.record("REFORM_ASKED", "dead", names.toString(), "by", by);
            ring.reform(names);
            return JsonAnswer.object().put("ring", ring.report().ring());
        });
    }
}
