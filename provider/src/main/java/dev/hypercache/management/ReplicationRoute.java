package dev.hypercache.management;

import dev.hypercache.transport.auth.AuditLog;
import dev.hypercache.transport.http.CallerCheck;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.Deque;
import java.util.Map;

/** Changes how many replicas each slot has: {@code POST /cluster/replication-factor?replicas=NUMBER}. */
final class ReplicationRoute implements HttpHandler {

    static final String PATH = "/cluster/replication-factor";

    private static final String REPLICAS = "replicas";
    private static final RingCommand.Codes CODES = new RingCommand.Codes(400, "BAD_REQUEST", "NOT_CHANGEABLE");

    private final RingCommand command;
    private final AuditLog audit;

    ReplicationRoute(RingCommand command, AuditLog audit) {
        this.command = command;
        this.audit = audit;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Map<String, Deque<String>> query = exchange.getQueryParameters();
        Deque<String> given = query.get(REPLICAS);
        if (given == null || query.size() != 1 || !given.getFirst().matches("\\d{1,3}")) {
            JsonAnswer.fail(exchange, 400, "BAD_REQUEST", "the query is replicas=NUMBER");
            return;
        }
        int replicas = Integer.parseInt(given.getFirst());
        String by = CallerCheck.of(exchange).name();
        command.perform(exchange, CODES, ring -> {
            ring.setReplicationFactor(replicas);
            audit.record("REPLICATION_FACTOR_SET", "replicas", String.valueOf(replicas), "by", by);
            return JsonAnswer.object().put("replicationFactor", replicas);
        });
    }
}
