package dev.hypercache.management;

import dev.hypercache.telemetry.NodeLog;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for what threads that serve connections must not wait for. At most {@value #PLACES} requests are taken in, by {@value
 * #THREADS} threads; more are told to come again.
 */
final class ManagementDesk implements AutoCloseable {

    static final int THREADS = 2;
    static final int PLACES = 16;

    private static final long IDLE_SECONDS = 30;

    private final Semaphore places = new Semaphore(PLACES);
    private final ThreadPoolExecutor threads;
    private final NodeLog log;
    private volatile boolean closed;

    ManagementDesk(String node) {
        AtomicInteger count = new AtomicInteger();
        this.log = NodeLog.of(ManagementDesk.class, node);
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(PLACES), task -> {
                    Thread thread = new Thread(task, "hypercache-management-" + node + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Makes a handler whose work is done here. */
    HttpHandler serving(HttpHandler work) {
        return exchange -> take(exchange, work);
    }

    private void take(HttpServerExchange exchange, HttpHandler work) {
        if (closed || !places.tryAcquire()) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, 1);
            JsonAnswer.fail(
                    exchange, 503, "OVERLOADED", "too many requests of this kind are under way; nothing was done");
            return;
        }
        exchange.dispatch(threads, taken -> {
            try {
                work.handleRequest(taken);
            } catch (RuntimeException | Error e) {
                log.error("manage").setCause(e).log("A request of an operator failed.");
                JsonAnswer.fail(taken, 500, "INTERNAL", "the node failed; its log says more");
            } finally {
                places.release();
            }
        });
    }

    /** Takes no more; what was taken is done. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
    }
}
