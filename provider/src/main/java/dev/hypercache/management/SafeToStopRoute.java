package dev.hypercache.management;

import dev.hypercache.runtime.call.RingOperations;
import dev.hypercache.runtime.call.RingReport;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/** Tells whether one more node of the ring may be stopped: the answer that a rolling restart waits for. */
final class SafeToStopRoute implements HttpHandler {

    static final String PATH = "/cluster/safe-to-stop";

    private final RingStatus status;

    SafeToStopRoute(RingStatus status) {
        this.status = status;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        RingOperations ring = status.ring();
        if (ring == null) {
            JsonAnswer.failNoMember(exchange);
            return;
        }
        RingReport report = ring.report();
        JsonAnswer.send(
                exchange,
                report.isSafeToStop() ? 200 : 503,
                JsonAnswer.object()
                        .put("safe", report.isSafeToStop())
                        .put("slotsUnderReplicated", report.slotsUnderReplicated())
                        .put("slotsWithoutLeader", report.slotsWithoutLeader())
                        .put("slotsLost", report.slotsLost()));
    }
}
