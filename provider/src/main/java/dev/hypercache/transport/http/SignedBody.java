package dev.hypercache.transport.http;

import dev.hypercache.transport.auth.BodyDigest;
import dev.hypercache.transport.auth.RejectedCallerException;
import dev.hypercache.transport.auth.RequestVerdict.Accepted;
import dev.hypercache.transport.auth.SignedCalls;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The body of a signed request: whoever reads it to its end gets there only if it is the one that was signed, and was not
 * accepted before. Else the last read fails, so that no handler can act on it.
 */
final class SignedBody extends SeenSource {

    private static final AttachmentKey<RejectedCallerException> REJECTED =
            AttachmentKey.create(RejectedCallerException.class);

    private final HttpServerExchange exchange;
    private final SignedCalls calls;
    private final Accepted head;
    private final Consumer<RejectedCallerException> onRejection;
    private final BodyDigest digest = new BodyDigest();
    private boolean verified;

    private SignedBody(
            StreamSourceConduit next,
            HttpServerExchange exchange,
            SignedCalls calls,
            Accepted head,
            Consumer<RejectedCallerException> onRejection) {
        super(next);
        this.exchange = exchange;
        this.calls = calls;
        this.head = head;
        this.onRejection = onRejection;
    }

    /** Verifies the body that will be read of a request. */
    static void verify(
            HttpServerExchange exchange,
            SignedCalls calls,
            Accepted head,
            Consumer<RejectedCallerException> onRejection) {
        exchange.addRequestWrapper((next, of) -> new SignedBody(next.create(), exchange, calls, head, onRejection));
    }

    /** Why reading the body of a request failed; null if that was not because of its signature. */
    static @Nullable RejectedCallerException rejectionOf(HttpServerExchange exchange) {
        return exchange.getAttachment(REJECTED);
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        int from = to.position();
        int bytes = super.read(to);
        if (bytes > 0) {
            digest.update(to.slice(from, bytes));
        } else if (bytes < 0) {
            requireSigned();
        }
        return bytes;
    }

    private void requireSigned() throws IOException {
        RejectedCallerException known = rejectionOf(exchange);
        if (known == null && !verified) {
            try {
                calls.requireBody(head, digest, String.valueOf(exchange.getSourceAddress()));
                verified = true;
            } catch (RejectedCallerException rejected) {
                exchange.putAttachment(REJECTED, rejected);
                onRejection.accept(rejected);
                known = rejected;
            }
        }
        if (known != null) {
            throw new IOException("the body is not the one that was signed, or was accepted before");
        }
    }
}
