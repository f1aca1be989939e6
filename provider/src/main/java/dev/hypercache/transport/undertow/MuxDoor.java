package dev.hypercache.transport.undertow;

import dev.hypercache.transport.auth.RejectedCallerException;
import dev.hypercache.transport.auth.Rejection;
import dev.hypercache.transport.http.CallerCheck;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The route on which a peer asks for frames instead of HTTP. Refuses by ordinary answers before it switches. */
final class MuxDoor implements HttpHandler {

    /** Where to ask. */
    static final String PATH = "/internal/mux";

    /** What to ask for. */
    static final String PRODUCT = "hcmux/1";

    private final MuxNode node;

    MuxDoor(MuxNode node) {
        this.node = node;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        if (node.isLeaving()) {
            refuse(exchange, StatusCodes.SERVICE_UNAVAILABLE);
        } else if (!PRODUCT.equals(headers.getFirst(Headers.UPGRADE))
                || !namesUpgrade(headers.getFirst(Headers.CONNECTION))) {
            exchange.getResponseHeaders().put(Headers.UPGRADE, PRODUCT);
            refuse(exchange, StatusCodes.UPGRADE_REQUIRED);
        } else {
            letInAuthentic(exchange);
        }
    }

    private void letInAuthentic(HttpServerExchange exchange) {
        FrameAuthentication authentication = node.trust().authentication();
        UpgradeProof proof = authentication == null ? null : authentication.proofOf(exchange);
        if (authentication == null) {
            letIn(exchange, null);
        } else if (proof == null) {
            refuseUnsigned(exchange);
        } else {
            letIn(exchange, new FrameKeys(authentication, proof));
        }
    }

    private void letIn(HttpServerExchange exchange, @Nullable FrameKeys keys) {
        RemoteEnd end = new RemoteEnd(CallerCheck.of(exchange), CallerCheck.materialOf(exchange));
        exchange.upgradeChannel(
                PRODUCT,
                (channel, upgraded) ->
                        new MuxConnection(node, channel, end, made -> new AcceptedSide(made, keys)).start());
        exchange.endExchange();
    }

    /** Whoever shows a token may ask for entries; keys for frames come from a signature alone. */
    private void refuseUnsigned(HttpServerExchange exchange) {
        RejectedCallerException why =
                new RejectedCallerException(Rejection.NO_PROOF, "frames without TLS begin with a signed request");
        String peer = String.valueOf(exchange.getSourceAddress());
        node.security().reject(why, peer, "caller", CallerCheck.of(exchange).name(), "path", PATH);
        CallerCheck.challenge(exchange, StatusCodes.UNAUTHORIZED);
        refuse(exchange, StatusCodes.UNAUTHORIZED);
    }

    private void refuse(HttpServerExchange exchange, int status) {
        node.counters().refused();
        exchange.setStatusCode(status).setPersistent(false).endExchange();
    }

    private static boolean namesUpgrade(@Nullable String connection) {
        if (connection == null) {
            return false;
        }
        for (String token : connection.split(",")) {
            if (token.trim().toLowerCase(Locale.ROOT).equals("upgrade")) {
                return true;
            }
        }
        return false;
    }
}
