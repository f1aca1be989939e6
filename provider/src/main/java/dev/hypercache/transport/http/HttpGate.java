package dev.hypercache.transport.http;

import dev.hypercache.transport.auth.Caller;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.RejectedCallerException;
import dev.hypercache.transport.auth.Rejection;
import dev.hypercache.transport.http.HeadWatch.Head;
import dev.hypercache.transport.http.RouteTable.Endpoint;
import dev.hypercache.transport.http.RouteTable.Route;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/**
 * The first handler of every request (SECURITY §3.3). It decides on the request as it came; what it turns away
 * gets a status, an explanation where the path has one, and the end of its connection.
 */
final class HttpGate implements HttpHandler {

    /** How long a peer has to read why the body that it is sending is not taken. */
    private static final long REFUSAL_MILLIS = 500;

    private static final HttpString TRAILER = new HttpString("Trailer");

    private final RouteTable routes;
    private final HttpLimits limits;
    private final Runnable onRefusal;
    private final PortSecurity security;
    private final CallerCheck callers;

    HttpGate(RouteTable routes, HttpLimits limits, Runnable onRefusal, PortSecurity security) {
        this.routes = routes;
        this.limits = limits;
        this.onRefusal = onRefusal;
        this.security = security;
        this.callers = new CallerCheck(security);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Head head = HeadWatch.end(exchange);
        Route route = routes.find(exchange.getRequestURI());
        String method = exchange.getRequestMethod().toString();
        Endpoint endpoint = route == null ? null : route.methods().get(method);
        int status = refusalOfTarget(exchange, head, route);
        if (status == StatusCodes.OK && endpoint == null) {
            status = StatusCodes.METHOD_NOT_ALLOWED;
        }
        if (status == StatusCodes.OK) {
            status = head.isFolded() ? StatusCodes.BAD_REQUEST : refusalOfHeaders(exchange.getRequestHeaders());
        }
        if (status == StatusCodes.OK && endpoint != null) {
            status = refusalOfBody(exchange, endpoint);
        }
        if (status != StatusCodes.OK || endpoint == null) {
            if (status == StatusCodes.METHOD_NOT_ALLOWED && route != null) {
                exchange.getResponseHeaders().put(Headers.ALLOW, route.allowed());
            }
            refuse(exchange, status, explanation(exchange, route, status));
            return;
        }
        if (!admit(exchange, endpoint, route)) {
            return;
        }
        limitBody(exchange);
        limitAnswer(exchange);
        stopAtUpgrade(exchange);
        endpoint.handler().handleRequest(exchange);
    }

    /** Point 6: who asks, and whether it may; else the request is turned away. */
    private boolean admit(HttpServerExchange exchange, Endpoint endpoint, @Nullable Route route) throws IOException {
        String name = "";
        try {
            Caller caller = callers.identify(exchange);
            name = caller.name();
            if (!endpoint.roles().contains(caller.role())) {
                throw new RejectedCallerException(
                        Rejection.ROLE, "role " + caller.role().label());
            }
            if (callers.isOutdated(exchange)) {
                exchange.setPersistent(false);
            }
            return true;
        } catch (RejectedCallerException rejected) {
            String method = exchange.getRequestMethod().toString();
            String peer = String.valueOf(exchange.getSourceAddress());
            security.reject(rejected, peer, "caller", name, "method", method, "path", exchange.getRequestURI());
            int status = rejected.rejection().status();
            CallerCheck.challenge(exchange, status);
            refuse(exchange, status, explanation(exchange, route, status));
            return false;
        }
    }

    private static ByteBuffer explanation(HttpServerExchange exchange, @Nullable Route route, int status) {
        Explanation.Source source = route == null ? null : route.explanations();
        Explanation said = source == null || exchange.getRequestMethod().equals(Methods.HEAD)
                ? null
                : source.explain(status, exchange.getRequestHeaders());
        if (said == null) {
            return ByteBuffer.allocate(0);
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, said.mediaType());
        return ByteBuffer.wrap(said.body());
    }

    private void refuse(HttpServerExchange exchange, int status, ByteBuffer said) throws IOException {
        onRefusal.run();
        exchange.setProtocol(Protocols.HTTP_1_1); // Undertow would repeat whatever version the request has.
        exchange.setStatusCode(status).setPersistent(false);
        exchange.getResponseHeaders().put(Headers.CONNECTION, Headers.CLOSE.toString());
        if (!exchange.isRequestComplete()) {
            refuseUnread(exchange, said);
        } else if (said.hasRemaining()) {
            exchange.getResponseSender().send(said);
        } else {
            exchange.endExchange();
        }
    }

    /** Undertow would first read the body to its end, however long that takes. */
    private static void refuseUnread(HttpServerExchange exchange, ByteBuffer said) throws IOException {
        exchange.setResponseContentLength(said.remaining());
        StreamSinkChannel answer = exchange.getResponseChannel();
        while (said.hasRemaining() && answer.write(said) > 0) {
            // What the socket does not take at once is not waited for.
        }
        answer.shutdownWrites();
        if (!answer.flush()) {
            answer.getWriteSetter().set(ChannelListeners.flushingChannelListener(null, null));
            answer.resumeWrites();
        }
        try {
            // A close with unread bytes would overtake the answer.
            XnioExecutor.Key unused = exchange.getIoThread()
                    .executeAfter(
                            () -> IoUtils.safeClose(exchange.getConnection()), REFUSAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ending) {
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    private static int refusalOfTarget(HttpServerExchange exchange, Head head, @Nullable Route route) {
        String path = exchange.getRequestURI();
        String query = exchange.getQueryString();
        if (RequestTarget.hasControl(path) || RequestTarget.hasControl(query)) {
            return StatusCodes.BAD_REQUEST;
        }
        if (!head.isHttp11() || !exchange.getProtocol().equals(Protocols.HTTP_1_1)) {
            return StatusCodes.HTTP_VERSION_NOT_SUPPORTED;
        }
        boolean isLegal = !exchange.isHostIncludedInRequestURI()
                && RequestTarget.isPath(path)
                && RequestTarget.isQuery(query)
                && route != null;
        return isLegal ? StatusCodes.OK : StatusCodes.NOT_FOUND;
    }

    private static int refusalOfHeaders(HeaderMap headers) {
        for (HeaderValues values : headers) {
            if (values.size() > 1 && isOneOfAKind(values.getHeaderName().toString())) {
                return StatusCodes.BAD_REQUEST;
            }
            for (String value : values) {
                if (RequestTarget.hasControl(value)) {
                    return StatusCodes.BAD_REQUEST; // Two readers may read it in two ways.
                }
            }
        }
        return headers.contains(TRAILER) ? StatusCodes.BAD_REQUEST : StatusCodes.OK;
    }

    private static boolean isOneOfAKind(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "host", "authorization", "transfer-encoding", "upgrade", "connection", "expect", "date" -> true;
            default -> name.startsWith("content-") || name.startsWith("signature") || name.startsWith("hc-");
        };
    }

    private static int refusalOfBody(HttpServerExchange exchange, Endpoint endpoint) {
        HeaderMap headers = exchange.getRequestHeaders();
        if (headers.contains(Headers.TRANSFER_ENCODING)) {
            return StatusCodes.LENGTH_REQUIRED;
        }
        return exchange.getRequestContentLength() > endpoint.bodyBytesMax()
                ? StatusCodes.REQUEST_ENTITY_TOO_LARGE
                : StatusCodes.OK;
    }

    /** Undertow has no deadline for a body: closes the connection if the body is not there in time. */
    private void limitBody(HttpServerExchange exchange) {
        if (exchange.getRequestContentLength() > 0) {
            limit(exchange, exchange.getRequestContentLength(), exchange::isRequestComplete);
        }
    }

    /** Nor has it one for an answer: closes the connection if the peer has not taken all of it in time. */
    private void limitAnswer(HttpServerExchange exchange) {
        exchange.addResponseCommitListener(
                begun -> limit(begun, Math.max(0, begun.getResponseContentLength()), begun::isResponseComplete));
    }

    /** The other protocol may begin within the end of the exchange, so the last moment is when its answer leaves. */
    private static void stopAtUpgrade(HttpServerExchange exchange) {
        exchange.addResponseCommitListener(begun -> {
            if (begun.isUpgrade()) {
                HeadWatch.stop(begun);
            }
        });
    }

    private void limit(HttpServerExchange exchange, long bytes, BooleanSupplier isOver) {
        Runnable close = () -> {
            if (!isOver.getAsBoolean()) {
                onRefusal.run();
                IoUtils.safeClose(exchange.getConnection());
            }
        };
        XnioExecutor.Key deadline;
        try {
            deadline =
                    exchange.getIoThread().executeAfter(close, limits.bodies().millisFor(bytes), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ending) {
            return; // All connections are about to be closed.
        }
        exchange.addExchangeCompleteListener((done, next) -> {
            deadline.remove();
            next.proceed();
        });
    }
}
