package dev.hypercache.bootstrap;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;

/** Shows a node's card to those who want to form a ring with it, before there is one and after. */
final class SeedDoor implements HttpHandler {

    /** Where the card is. */
    static final String PATH = "/internal/ring";

    private volatile byte[] card;

    SeedDoor(SeedCard card) {
        this.card = card.encode();
    }

    void show(SeedCard newCard) {
        card = newCard.encode();
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(ByteBuffer.wrap(card));
    }
}
