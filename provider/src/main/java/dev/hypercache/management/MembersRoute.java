package dev.hypercache.management;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypercache.runtime.call.RingOperations;
import dev.hypercache.runtime.call.RingReport;
import dev.hypercache.runtime.call.RingReport.MemberReport;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/** Shows the ring as this node knows it: members, their health, and how well slots are replicated. */
final class MembersRoute implements HttpHandler {

    static final String PATH = "/cluster/members";

    private final RingStatus status;

    MembersRoute(RingStatus status) {
        this.status = status;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        RingOperations ring = status.ring();
        if (ring == null) {
            JsonAnswer.failNoMember(exchange);
        } else {
            JsonAnswer.send(exchange, 200, body(ring.report()));
        }
    }

    private static ObjectNode body(RingReport report) {
        ObjectNode body = JsonAnswer.object()
                .put("node", report.self())
                .put("ring", report.ring())
                .put("index", report.index())
                .put("slots", report.slots())
                .put("replicationFactor", report.replicas())
                .put("slotsUnderReplicated", report.slotsUnderReplicated())
                .put("slotsWithoutLeader", report.slotsWithoutLeader())
                .put("slotsLost", report.slotsLost())
                .put("safeToStop", report.isSafeToStop());
        ArrayNode rows = body.putArray("members");
        for (MemberReport member : report.members()) {
            rows.addObject()
                    .put("name", member.name())
                    .put("incarnation", member.incarnation())
                    .put("address", member.address())
                    .put("zone", member.zone())
                    .put("weight", member.weight())
                    .put("health", member.health().name())
                    .put("leaving", member.leaving())
                    .put("slots", member.slots());
        }
        return body;
    }
}
