package dev.hypercache.management;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.function.BooleanSupplier;

/** Tells whether the node serves, and nothing else: no names, no addresses. */
final class HealthRoute implements HttpHandler {

    private final BooleanSupplier serves;

    HealthRoute(BooleanSupplier serves) {
        this.serves = serves;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        boolean isUp = serves.getAsBoolean();
        JsonAnswer.send(exchange, isUp ? 200 : 503, JsonAnswer.object().put("status", isUp ? "UP" : "DOWN"));
    }
}
