package dev.hypercache.management;

import dev.hypercache.runtime.call.RingOperations;
import dev.hypercache.transport.auth.AuditLog;
import dev.hypercache.transport.http.CallerCheck;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import javax.cache.CacheException;

/** Removes a member that will not return: {@code POST /cluster/remove?node=NAME}, with {@code &alive=true} one that answers. */
final class RemoveRoute implements HttpHandler {

    static final String PATH = "/cluster/remove";

    private static final String NODE = "node";
    private static final String ALIVE = "alive";

    private final RingStatus status;
    private final AuditLog audit;

    RemoveRoute(RingStatus status, AuditLog audit) {
        this.status = status;
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
        RingOperations ring = status.ring();
        if (ring == null) {
            JsonAnswer.failNoMember(exchange);
        } else {
            remove(exchange, ring, node.getFirst(), evenIfAlive);
        }
    }

    private void remove(HttpServerExchange exchange, RingOperations ring, String node, boolean evenIfAlive) {
        String by = CallerCheck.of(exchange).name();
        try {
            ring.remove(node, evenIfAlive);
        } catch (IllegalArgumentException unknown) {
            JsonAnswer.fail(exchange, 404, "NO_SUCH_MEMBER", String.valueOf(unknown.getMessage()));
            return;
        } catch (IllegalStateException wrong) {
            JsonAnswer.fail(exchange, 409, "NOT_REMOVABLE", String.valueOf(wrong.getMessage()));
            return;
        } catch (CacheException unavailable) {
            JsonAnswer.fail(exchange, 503, "NO_MAJORITY", String.valueOf(unavailable.getMessage()));
            return;
        }
        audit.record("MEMBER_REMOVED", "member", node, "by", by);
        JsonAnswer.send(exchange, 200, JsonAnswer.object().put("removed", node));
    }
}
