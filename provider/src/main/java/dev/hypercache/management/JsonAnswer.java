package dev.hypercache.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypercache.transport.auth.AnswerSeal;
import dev.hypercache.transport.auth.RequestVerdict.Accepted;
import dev.hypercache.transport.auth.SignedCalls;
import dev.hypercache.transport.http.CallerCheck;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Answers in JSON that nobody may keep. */
final class JsonAnswer {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpString SEAL = new HttpString(AnswerSeal.FIELD);

    private JsonAnswer() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static void send(HttpServerExchange exchange, int status, ObjectNode body) {
        exchange.setStatusCode(status).getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(ByteBuffer.wrap(bytes(body)));
    }

    /** The same, sealed for whoever has signed the request, since there may be no TLS that would prove the answer. */
    static void sendSealed(HttpServerExchange exchange, @Nullable SignedCalls calls, ObjectNode body) {
        Accepted request = CallerCheck.signatureOf(exchange);
        if (calls != null && request != null) {
            ByteBuffer whole = ByteBuffer.wrap(bytes(body));
            String seal = AnswerSeal.of(calls, request.keyId(), request.nonce(), whole);
            if (seal != null) {
                exchange.getResponseHeaders().put(SEAL, seal);
            }
        }
        send(exchange, 200, body);
    }

    /** Answers with a message for people under a code that stays. */
    static void fail(HttpServerExchange exchange, int status, String code, String message) {
        send(exchange, status, object().put("code", code).put("message", message));
    }

    /** The node that was asked is in no ring, or not any more. */
    static void failNoMember(HttpServerExchange exchange) {
        fail(exchange, 503, "NO_MEMBER", "this node is no member of a ring now; ask another one, or again later");
    }

    private static byte[] bytes(ObjectNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }
}
