package dev.hypercache.bootstrap;

import dev.hypercache.runtime.ring.ClientService;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.http.Audience;
import dev.hypercache.transport.http.CallerCheck;
import dev.hypercache.transport.http.RouteTable;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** What a member serves to clients besides frames: what the ring agreed on, and the use of caches on their behalf. */
final class ClientDesk implements AutoCloseable {

    /** Where clients learn what the ring agreed on. */
    static final String STATE = "/internal/ring/state";

    /** Where they ask for caches. */
    static final String CACHES = "/internal/ring/caches";

    /** The parameter that names the last change that the client knows. */
    static final String AFTER = "after";

    /** The parameter by which it wants everything that was agreed on before it asked. */
    static final String CONFIRMED = "confirmed";

    private static final long LOOK_MILLIS = 1_000;

    private final NodeLog log;
    private final RingDesk desk;
    private final ScheduledThreadPoolExecutor timer;
    private volatile @Nullable ClientService service;

    ClientDesk(String node, PortSecurity security) {
        this.log = NodeLog.of(ClientDesk.class, node);
        this.desk = new RingDesk("hypercache-clients-" + node, security, log);
        this.timer = DaemonTimer.named("hypercache-leases-" + node);
    }

    /** Adds the two routes. */
    void addTo(RouteTable.Builder routes) {
        routes.get(STATE, Audience.CALLERS, exchange -> desk.take(exchange, this::state))
                .add(
                        "POST",
                        CACHES,
                        Audience.CALLERS,
                        UseFormat.BYTES_MAX,
                        exchange -> desk.takeBody(exchange, this::use));
    }

    /** The node is a member from now on. */
    void serve(ClientService ofMember) {
        service = ofMember;
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                () -> closeForgotten(ofMember), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void closeForgotten(ClientService ofMember) {
        try {
            ofMember.closeForgotten();
        } catch (RuntimeException | Error e) { // A task that throws would not be run again.
            log.error("client").setCause(e).log("Caches that clients have open no more could not be closed.");
        }
    }

    private ClientService present() {
        ClientService present = service;
        if (present == null) {
            throw new RingDesk.NotReadyException("this node is no member yet");
        }
        return present;
    }

    private byte[] state(HttpServerExchange exchange, byte[] body) throws IOException {
        ClientService present = present();
        long after = after(exchange);
        try {
            return RingPageFormat.encode(
                    new RingPage(present.ring(), present.index(), present.page(after, has(exchange, CONFIRMED))));
        } catch (CacheException unconfirmed) {
            throw new RingDesk.NotReadyException(String.valueOf(unconfirmed.getMessage()));
        }
    }

    private static boolean has(HttpServerExchange exchange, String parameter) {
        return exchange.getQueryParameters().containsKey(parameter);
    }

    private static long after(HttpServerExchange exchange) throws IOException {
        Deque<String> given = exchange.getQueryParameters().get(AFTER);
        try {
            return given == null ? 0 : Math.max(0, Long.parseLong(given.getFirst()));
        } catch (NumberFormatException e) {
            throw new IOException(AFTER + " is no number", e);
        }
    }

    private byte[] use(HttpServerExchange exchange, byte[] body) throws IOException {
        ClientService present = present();
        UseRequest request = UseFormat.decodeRequest(body);
        String certified = CallerCheck.of(exchange).node();
        if (certified != null && !certified.equals(request.client().name())) {
            return UseFormat.encode(
                    UseAnswer.refused("client '" + request.client().name()
                            + "' has a certificate of node '" + certified
                            + "'. Give it its own, or leave hypercache.node.name unset"));
        }
        if (!present.ring().id().equals(request.ring())) {
            throw new RingDesk.NotReadyException("this member is of another ring");
        }
        try {
            return UseFormat.encode(UseAnswer.done(perform(present, request)));
        } catch (CacheException refused) {
            return UseFormat.encode(UseAnswer.refused(String.valueOf(refused.getMessage())));
        }
    }

    private static List<Integer> perform(ClientService service, UseRequest request) {
        if (request instanceof UseRequest.Join join) {
            return List.of(service.join(join.client(), join.cache(), join.traits()));
        }
        if (request instanceof UseRequest.Renew renew) {
            return service.renew(renew.client(), renew.uses());
        }
        if (request instanceof UseRequest.Quit quit) {
            service.quit(quit.client(), quit.cache(), quit.traits());
        } else if (request instanceof UseRequest.Drop drop) {
            service.drop(drop.id());
        }
        return List.of();
    }

    /** Answers nobody any more. */
    @Override
    public void close() {
        service = null;
        timer.shutdownNow();
        desk.close();
    }
}
