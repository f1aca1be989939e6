package dev.hypercache.management;

import dev.hypercache.transport.auth.AuditLog;
import dev.hypercache.transport.http.CallerCheck;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/** Empties the slots that lost what they held and stand still: {@code POST /cluster/reset-lost}. */
final class ResetLostRoute implements HttpHandler {

    static final String PATH = "/cluster/reset-lost";

    private static final RingCommand.Codes CODES = new RingCommand.Codes(400, "BAD_REQUEST", "NOT_RESETTABLE");

    private final RingCommand command;
    private final AuditLog audit;

    ResetLostRoute(RingCommand command, AuditLog audit) {
        this.command = command;
        this.audit = audit;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (!exchange.getQueryParameters().isEmpty()) {
            JsonAnswer.fail(exchange, 400, "BAD_REQUEST", "this route has no query");
            return;
        }
        String by = CallerCheck.of(exchange).name();
        command.perform(exchange, CODES, ring -> {
            int slots = ring.resetLost();
            audit.record("LOST_SLOTS_RESET", "slots", String.valueOf(slots), "by", by);
            return JsonAnswer.object().put("slots", slots);
        });
    }
}
