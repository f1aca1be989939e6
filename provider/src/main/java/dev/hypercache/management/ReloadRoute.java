package dev.hypercache.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypercache.management.ReloadReport.Certificates;
import dev.hypercache.transport.auth.Caller;
import dev.hypercache.transport.auth.KeyChanges;
import dev.hypercache.transport.http.CallerCheck;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/** Lets the node read its certificates, keys and tokens anew, now. */
final class ReloadRoute implements HttpHandler {

    static final String PATH = "/cluster/reload";
    static final String FORCE = "force=true";

    private final Reloading reloading;

    ReloadRoute(Reloading reloading) {
        this.reloading = reloading;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        String query = exchange.getQueryString();
        if (!query.isEmpty() && !query.equals(FORCE)) {
            JsonAnswer.fail(exchange, 400, "BAD_REQUEST", "the query is \"" + FORCE + "\" or absent");
            return;
        }
        Caller caller = CallerCheck.of(exchange);
        boolean isForced = query.equals(FORCE);
        ReloadReport report = reloading.reload(caller.name() + (isForced ? ", forced" : ""), isForced);
        if (report.problem() != null) {
            JsonAnswer.fail(exchange, 409, "FILES_UNUSABLE", report.problem());
        } else {
            JsonAnswer.send(exchange, 200, body(report));
        }
    }

    private static ObjectNode body(ReloadReport report) {
        ObjectNode body = JsonAnswer.object();
        Certificates certificates = report.certificates();
        if (certificates != null) {
            body.putObject("certificate")
                    .put("oldSerial", certificates.oldSerial())
                    .put("newSerial", certificates.newSerial());
        }
        KeyChanges keys = report.keys();
        if (keys != null) {
            ObjectNode changed = body.putObject("keys").put("signing", keys.signing());
            keys.installed().stream().sorted().forEach(changed.putArray("installed")::add);
            keys.removed().stream().sorted().forEach(changed.putArray("removed")::add);
            keys.heldBack().keySet().stream().sorted().forEach(changed.putArray("heldBack")::add);
        }
        return body.put("tokens", report.hasTokens());
    }
}
