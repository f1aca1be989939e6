package dev.hypercache.management;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypercache.spi.security.SigningKeys.KeyStatus;
import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.SignedCalls;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows which keys and which certificate each member has, so that an operator sees how far a rotation is: a key is {@code
 * INSTALLED}, {@code SIGNS}, or {@code LEAVING}, that is, listed no more and held back because others used it. No secrets.
 */
final class KeysRoute implements HttpHandler {

    static final String PATH = "/cluster/keys";
    static final String LOCAL = "local=true";

    private final String node;
    private final PortSecurity security;
    private final PeerSurvey peers;

    KeysRoute(String node, PortSecurity security, PeerSurvey peers) {
        this.node = node;
        this.security = security;
        this.peers = peers;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        String query = exchange.getQueryString();
        if (!query.isEmpty() && !query.equals(LOCAL)) {
            JsonAnswer.fail(exchange, 400, "BAD_REQUEST", "the query is \"" + LOCAL + "\" or absent");
            return;
        }
        ObjectNode own = own();
        if (query.isEmpty()) {
            own.set("others", peers.ask(PATH, LOCAL));
        }
        JsonAnswer.sendSealed(exchange, security.signatures(), own);
    }

    private ObjectNode own() {
        ObjectNode own = JsonAnswer.object().put("node", node);
        LiveTls tls = security.tls();
        if (tls != null) {
            own.set("certificate", certificate(tls.current()));
        }
        SignedCalls calls = security.signatures();
        if (calls != null) {
            own.set("keys", keys(calls.keys()));
        }
        return own;
    }

    private static ObjectNode certificate(TlsMaterial material) {
        return JsonAnswer.object()
                .put("identity", material.identity().toUri())
                .put("serial", material.chain().get(0).getSerialNumber().toString(16))
                .put("notAfter", text(material.notAfterMillis()));
    }

    private static ArrayNode keys(LiveKeys live) {
        ArrayNode rows = JsonAnswer.JSON.createArrayNode();
        Set<String> leaving = live.heldBack();
        for (KeyStatus key : live.status()) {
            String step = leaving.contains(key.id()) ? "LEAVING" : key.signs() ? "SIGNS" : "INSTALLED";
            rows.addObject()
                    .put("id", key.id())
                    .put("role", key.role().label())
                    .put("step", step)
                    .put("signs", key.signs())
                    .put("notBefore", text(key.notBeforeMillis()))
                    .put("notAfter", text(key.notAfterMillis()));
        }
        return rows;
    }

    /** A moment as text; null for the ends of time. */
    private static @Nullable String text(long millis) {
        return millis == Long.MIN_VALUE || millis == Long.MAX_VALUE
                ? null
                : Instant.ofEpochMilli(millis).toString();
    }
}
