package dev.hypercache.http;

import dev.hypercache.runtime.call.NamedCache;
import dev.hypercache.runtime.call.NamedCaches;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.http.Audience;
import dev.hypercache.transport.http.CallerCheck;
import dev.hypercache.transport.http.RouteTable;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves entries of a node's caches on its port: {@code POST /internal/set}, {@code GET /internal/get}, {@code DELETE
 * /internal/del} (docs/HTTP.md, docs/openapi.yaml).
 *
 * <p>The threads that serve connections only take bodies in; everything else, the ring included, is waited for by threads of
 * the face. They start with the first request and end when there was none for some time. What comes in beyond {@link
 * FaceLimits} is refused with {@link FaceError#OVERLOADED} before its body is read.
 */
public final class HttpFace implements AutoCloseable {

    /** Where entries are set. */
    public static final String SET = "/internal/set";

    /** Where entries are read. */
    public static final String GET = "/internal/get";

    /** Where entries are removed. */
    public static final String DEL = "/internal/del";

    private static final HttpString IDEMPOTENCY_KEY = new HttpString("Idempotency-Key");
    private static final HttpString REPLAYED = new HttpString("Idempotent-Replayed");
    private static final int IDEMPOTENCY_KEY_LENGTH_MAX = 128;
    private static final byte[] NO_BODY = {};

    private final EntryCalls entries = new EntryCalls(this::find);
    private final FaceLimits limits;
    private final FaceDesk desk;
    private final Repeats repeats;
    private final MetricSet metrics;
    private final NodeLog log;
    /** One for each manager that uses the node, in the order in which they came. */
    private final List<NamedCaches> caches = new CopyOnWriteArrayList<>();

    /** What one route does with a request whose body is there. */
    private interface Deed {
        FaceAnswer perform(HttpServerExchange exchange, byte[] body);
    }

    /**
     * Makes a face that is not served yet and knows no caches.
     *
     * @param limits what is taken in at once
     * @param nodeName the node's name, for threads and log
     * @param metrics where the node counts
     */
    public HttpFace(FaceLimits limits, String nodeName, MetricSet metrics) {
        this.limits = limits;
        this.desk = new FaceDesk(limits, nodeName, metrics);
        this.repeats = new Repeats(limits.keysMax(), limits.windowMillis(), System::nanoTime);
        this.metrics = metrics;
        this.log = NodeLog.of(HttpFace.class, nodeName);
    }

    /**
     * Serves the caches of one more manager. Where two have a cache of one name, it is that of the manager that came first.
     *
     * @param found finds them
     */
    public void serve(NamedCaches found) {
        caches.add(found);
    }

    /**
     * Serves the caches of a manager no more.
     *
     * @param found what was given to {@link #serve}
     */
    public void withdraw(NamedCaches found) {
        caches.remove(found);
    }

    private @Nullable NamedCache find(String name) {
        for (NamedCaches ofManager : caches) {
            NamedCache cache = ofManager.find(name);
            if (cache != null) {
                return cache;
            }
        }
        return null;
    }

    /**
     * Adds the three routes.
     *
     * @param routes the table of the port
     * @throws IllegalArgumentException if one of them is there already
     */
    public void addTo(RouteTable.Builder routes) {
        // Who asks before it sends is told to go on when the body is read, that is, not if it is refused before.
        HttpHandler set = new HttpContinueReadHandler(exchange -> takeBody(exchange, this::set));
        routes.add("POST", SET, Audience.CALLERS, limits.bodyBytesMax(), set)
                .get(GET, Audience.CALLERS, exchange -> takeNone(exchange, this::get))
                .add("DELETE", DEL, Audience.CALLERS, 0, exchange -> takeNone(exchange, this::delete))
                .explain(SET, TurnedAway::explain)
                .explain(GET, TurnedAway::explain)
                .explain(DEL, TurnedAway::explain);
    }

    /** Takes no more requests; those that are under way are answered. */
    @Override
    public void close() {
        desk.close();
    }

    private FaceAnswer set(HttpServerExchange exchange, byte[] body) {
        BodyFormat format =
                BodyFormat.ofContentType(exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE));
        SetBody parsed = SetBody.of(format.read(body));
        return once(exchange, body, () -> entries.set(parsed));
    }

    private FaceAnswer get(HttpServerExchange exchange, byte[] unused) {
        return entries.get(Target.ofQuery(exchange.getQueryString()));
    }

    private FaceAnswer delete(HttpServerExchange exchange, byte[] body) {
        Target target = Target.ofQuery(exchange.getQueryString());
        return once(exchange, body, () -> entries.delete(target));
    }

    private void takeBody(HttpServerExchange exchange, Deed deed) {
        long declared = exchange.getRequestContentLength();
        if (declared < 0) {
            count(FaceError.LENGTH_REQUIRED);
            send(exchange, FaceAnswer.failed(FaceError.LENGTH_REQUIRED, "declare the body's Content-Length"));
            return;
        }
        FaceDesk.Ticket ticket = enter(exchange, declared);
        if (ticket != null) {
            exchange.getRequestReceiver()
                    .receiveFullBytes((received, body) -> dispatch(received, ticket, deed, body), (broken, e) -> {
                        ticket.abandon();
                        refuseBody(broken);
                    });
        }
    }

    /** The body ends too early, or is not the one that was signed. */
    private void refuseBody(HttpServerExchange broken) {
        int status = CallerCheck.statusOfBody(broken);
        CallerCheck.challenge(broken, status);
        FaceAnswer answer = TurnedAway.unreadable(status);
        count(answer.error());
        send(broken.setPersistent(false), answer);
    }

    private void takeNone(HttpServerExchange exchange, Deed deed) {
        FaceDesk.Ticket ticket = enter(exchange, 0);
        if (ticket != null) {
            dispatch(exchange, ticket, deed, NO_BODY);
        }
    }

    private FaceDesk.@Nullable Ticket enter(HttpServerExchange exchange, long declared) {
        try {
            return desk.enter(exchange, declared);
        } catch (FaceFailure refused) {
            count(refused.error());
            send(exchange, FaceAnswer.failed(refused.error(), refused.text()));
            return null;
        }
    }

    private void dispatch(HttpServerExchange exchange, FaceDesk.Ticket ticket, Deed deed, byte[] body) {
        if (ticket.serve()) {
            exchange.dispatch(desk.threads(), served -> {
                FaceAnswer answer;
                try {
                    answer = answerTo(() -> deed.perform(served, body));
                } finally {
                    ticket.served();
                }
                count(answer.error());
                send(served, answer);
            });
        } else {
            exchange.endExchange();
        }
    }

    private FaceAnswer answerTo(Supplier<FaceAnswer> deed) {
        try {
            return deed.get();
        } catch (FaceFailure failure) {
            return FaceAnswer.failed(failure.error(), failure.text());
        } catch (RuntimeException | Error e) {
            log.error("serve").setCause(e).log("A request for an entry failed.");
            return FaceAnswer.failed(
                    FaceError.INTERNAL, "the node failed, and it is not known what was done; its log says more");
        }
    }

    /** Performs a request that changes something, unless its idempotency key says that this was done already. */
    private FaceAnswer once(HttpServerExchange exchange, byte[] body, Supplier<FaceAnswer> change) {
        String key = exchange.getRequestHeaders().getFirst(IDEMPOTENCY_KEY);
        if (key == null) {
            return change.get();
        }
        boolean isLegal = !key.isEmpty()
                && key.length() <= IDEMPOTENCY_KEY_LENGTH_MAX
                && key.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (!isLegal || exchange.getRequestHeaders().count(IDEMPOTENCY_KEY) > 1) {
            throw FaceFailure.badRequest("an Idempotency-Key is one header of 1 to " + IDEMPOTENCY_KEY_LENGTH_MAX
                    + " visible characters of ASCII");
        }
        FaceAnswer answer = repeats.answer(key, fingerprint(exchange, body), () -> answerTo(change));
        if (answer.isRepeat()) {
            metrics.count(MetricName.HTTP_REPEATS);
        }
        return answer;
    }

    private static byte[] fingerprint(HttpServerExchange exchange, byte[] body) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
        Function<@Nullable String, byte[]> line = text -> (text + "\n").getBytes(StandardCharsets.UTF_8);
        digest.update(line.apply(exchange.getRequestURI()));
        digest.update(line.apply(exchange.getQueryString()));
        digest.update(line.apply(exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE)));
        return digest.digest(body);
    }

    private void count(@Nullable FaceError error) {
        metrics.count(MetricName.HTTP_REQUESTS);
        if (error == FaceError.OVERLOADED) {
            metrics.count(MetricName.HTTP_OVERLOADS);
        } else if (error != null && error != FaceError.ABSENT) {
            metrics.count(error.status() >= 500 ? MetricName.HTTP_FAILED : MetricName.HTTP_REFUSED);
        }
    }

    private static void send(HttpServerExchange exchange, FaceAnswer answer) {
        BodyFormat format = TurnedAway.formatFor(exchange.getRequestHeaders());
        HeaderMap headers = exchange.setStatusCode(answer.status()).getResponseHeaders();
        headers.put(Headers.CONTENT_TYPE, format.mediaType()).put(Headers.CACHE_CONTROL, "no-store");
        if (answer.error() == FaceError.OVERLOADED) {
            headers.put(Headers.RETRY_AFTER, 1);
        }
        if (answer.isRepeat()) {
            headers.put(REPLAYED, "true");
        }
        exchange.getResponseSender().send(ByteBuffer.wrap(format.write(answer.body())));
    }
}
