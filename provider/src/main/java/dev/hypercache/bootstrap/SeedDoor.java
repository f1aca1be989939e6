package dev.hypercache.bootstrap;

import dev.hypercache.transport.auth.AnswerSeal;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.RequestVerdict.Accepted;
import dev.hypercache.transport.auth.SignedCalls;
import dev.hypercache.transport.http.CallerCheck;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Shows a node's card to those who want to form a ring with it, before there is one and after. */
final class SeedDoor implements HttpHandler {

    /** Where the card is. */
    static final String PATH = "/internal/ring";

    private static final HttpString ANSWER = new HttpString(AnswerSeal.FIELD);

    private final @Nullable SignedCalls calls;
    private volatile byte[] card;

    SeedDoor(SeedCard card, PortSecurity security) {
        this.calls = security.signatures();
        this.card = card.encode();
    }

    void show(SeedCard newCard) {
        card = newCard.encode();
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        ByteBuffer body = ByteBuffer.wrap(card);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        Accepted request = CallerCheck.signatureOf(exchange);
        String seal =
                calls == null || request == null ? null : AnswerSeal.of(calls, request.keyId(), request.nonce(), body);
        if (seal != null) {
            exchange.getResponseHeaders().put(ANSWER, seal);
        }
        exchange.getResponseSender().send(body);
    }
}
