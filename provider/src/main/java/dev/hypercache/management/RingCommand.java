package dev.hypercache.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypercache.runtime.call.RingOperations;
import io.undertow.server.HttpServerExchange;
import javax.cache.CacheException;

/** What an operator asks of the ring, and how it is told that it cannot be done. */
final class RingCommand {

    private final RingStatus status;

    RingCommand(RingStatus status) {
        this.status = status;
    }

    /** Asks the ring, and makes the answer. */
    @FunctionalInterface
    interface Deed {
        ObjectNode perform(RingOperations ring);
    }

    /** What is told if an argument names nothing, and if the ring is not in a state for it. */
    record Codes(int unknownStatus, String unknown, String wrong) {}

    void perform(HttpServerExchange exchange, Codes codes, Deed deed) {
        RingOperations ring = status.ring();
        if (ring == null) {
            JsonAnswer.failNoMember(exchange);
            return;
        }
        ObjectNode answer;
        try {
            answer = deed.perform(ring);
        } catch (IllegalArgumentException unknown) {
            JsonAnswer.fail(exchange, codes.unknownStatus(), codes.unknown(), String.valueOf(unknown.getMessage()));
            return;
        } catch (IllegalStateException wrong) {
            JsonAnswer.fail(exchange, 409, codes.wrong(), String.valueOf(wrong.getMessage()));
            return;
        } catch (CacheException unavailable) {
            JsonAnswer.fail(exchange, 503, "NO_MAJORITY", String.valueOf(unavailable.getMessage()));
            return;
        }
        JsonAnswer.send(exchange, 200, answer);
    }
}
