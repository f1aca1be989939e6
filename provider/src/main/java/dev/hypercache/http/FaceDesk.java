package dev.hypercache.http;

import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Who is served, and by which threads. A request gets a ticket before its body is read, or is refused; its tickets bound the
 * queue in front of the threads, which therefore has no bound of its own. Safe for use by any threads.
 */
final class FaceDesk {

    private static final long IDLE_SECONDS = 10;

    private static final AttachmentKey<Ticket> TICKET = AttachmentKey.create(Ticket.class);

    private final FaceLimits limits;
    private final ThreadPoolExecutor threads;
    private int requests;
    private long bytes;
    private boolean closed;

    FaceDesk(FaceLimits limits, String nodeName, MetricSet metrics) {
        this.limits = limits;
        AtomicInteger started = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                limits.threads(),
                limits.threads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "hypercache-http-" + nodeName + "-" + started.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        metrics.supply(gauge -> underWay(), MetricName.HTTP_IN_FLIGHT);
    }

    /** A request under way. */
    final class Ticket {

        private enum State {
            READING,
            SERVED,
            RETURNED
        }

        private final long declared;
        private final AtomicReference<State> state = new AtomicReference<>(State.READING);

        Ticket(long declared) {
            this.declared = declared;
        }

        /** The body is there: from now on the one who serves gives the ticket back. */
        boolean serve() {
            return state.compareAndSet(State.READING, State.SERVED);
        }

        /** The request has been served. */
        void served() {
            if (state.compareAndSet(State.SERVED, State.RETURNED)) {
                leave(declared);
            }
        }

        /** The body will not come any more. */
        void abandon() {
            if (state.compareAndSet(State.READING, State.RETURNED)) {
                leave(declared);
            }
        }
    }

    /**
     * Lets a request in.
     *
     * @param declared the length of its body in bytes
     * @throws FaceFailure if too much is under way, or the desk is closed
     */
    Ticket enter(HttpServerExchange exchange, long declared) {
        synchronized (this) {
            if (closed) {
                throw new FaceFailure(
                        FaceError.CLOSED, "this node is about to leave; nothing was done. Ask another one");
            }
            if (requests >= limits.requestsMax() || bytes + declared > limits.bytesMax()) {
                throw new FaceFailure(
                        FaceError.OVERLOADED,
                        "this node has " + requests + " requests and " + bytes + " bytes of bodies under way, and no"
                                + " more may begin; nothing was done. Try again later");
            }
            requests++;
            bytes += declared;
        }
        Ticket ticket = new Ticket(declared);
        ServerConnection connection = exchange.getConnection();
        // One request at a time: the last ticket of a connection is the only one that may be waiting for a body.
        if (connection.putAttachment(TICKET, ticket) == null) {
            connection.addCloseListener(FaceDesk::closed);
        }
        if (!connection.isOpen()) {
            ticket.abandon();
        }
        return ticket;
    }

    private static void closed(ServerConnection connection) {
        Ticket last = connection.getAttachment(TICKET);
        if (last != null) {
            last.abandon();
        }
    }

    private synchronized void leave(long declared) {
        requests--;
        bytes -= declared;
        if (closed && requests == 0) {
            threads.shutdown();
        }
    }

    private synchronized int underWay() {
        return requests;
    }

    Executor threads() {
        return threads;
    }

    /** Lets nobody in any more; the threads end with what is under way, which may be none. */
    synchronized void close() {
        closed = true;
        if (requests == 0) {
            threads.shutdown();
        }
    }
}
