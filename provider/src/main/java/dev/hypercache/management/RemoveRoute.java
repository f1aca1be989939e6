package dev.hypercache.management;

import dev.hypercache.transport.auth.AuditLog;
import dev.hypercache.transport.http.CallerCheck;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.Deque;
import java.util.Map;
import java.util.Set;

/** Removes a member that will not return: {@code POST /cluster/remove?node=NAME}, with {@code &alive=true} one that answers. */
final class RemoveRoute implements HttpHandler {

    static final String PATH = "/cluster/remove";

    private static final String NODE = "node";
    private static final String ALIVE = "alive";
    private static final RingCommand.Codes CODES = new RingCommand.Codes(404, "NO_SUCH_MEMBER", "NOT_REMOVABLE");

    private final RingCommand command;
    private final AuditLog audit;

    RemoveRoute(RingCommand command, AuditLog audit) {
        this.command = command;
        this.audit = audit;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Map<String, Deque<String>> query = exchange.getQueryParameters();
        Deque<String> node = query.get(NODE);
        boolean isKnown = Set.of(NODE, ALIVE).containsAll(query.keySet());
        if (node == null || node.size() != 1 || node.getFirst().isEmpty() || !isKnown) {
            JsonAnswer.fail(
                    exchange, 400, "BAD_REQUEST", "the query is node=NAME, and alive=true for a member that answers");
            return;
        }
        boolean evenIfAlive =
                query.containsKey(ALIVE) && "true".equals(query.get(ALIVE).getFirst());
        String name = node.getFirst();
        String by = CallerCheck.of(exchange).name();
        command.perform(exchange, CODES, ring -> {
            ring.remove(name, evenIfAlive);
            audit.record("MEMBER_REMOVED", "member", name, "by", by);
            return JsonAnswer.object().put("removed", name);
        });
    }
}
