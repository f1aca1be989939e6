package dev.hypercache.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;

/** Answers in JSON that nobody may keep. */
final class JsonAnswer {

    static final ObjectMapper JSON = new ObjectMapper();

    private JsonAnswer() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static void send(HttpServerExchange exchange, int status, ObjectNode body) {
        exchange.setStatusCode(status).getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(ByteBuffer.wrap(bytes(body)));
    }

    /** Answers with a message for people under a code that stays. */
    static void fail(HttpServerExchange exchange, int status, String code, String message) {
        send(exchange, status, object().put("code", code).put("message", message));
    }

    private static byte[] bytes(ObjectNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }
}
