package dev.hypercache.bootstrap;

import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.auth.AnswerSeal;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.RequestVerdict.Accepted;
import dev.hypercache.transport.auth.SignedCalls;
import dev.hypercache.transport.http.CallerCheck;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers requests about the ring on threads of its own, since an answer may wait for others. At most {@value #PLACES} are taken in at
 * once; more are told to come again.
 */
final class RingDesk implements AutoCloseable {

    static final int PLACES = 64;

    private static final int THREADS = 4;
    private static final long IDLE_SECONDS = 10;
    private static final byte[] NO_BODY = {};
    private static final HttpString ANSWER = new HttpString(AnswerSeal.FIELD);

    private final PortSecurity security;
    private final NodeLog log;
    private final Semaphore places = new Semaphore(PLACES);
    private final ThreadPoolExecutor threads;
    private volatile boolean closed;

    /** What is done with a body. */
    @FunctionalInterface
    interface Deed {
        /**
         * Makes the answer.
         *
         * @throws IOException if the body is not what is asked for
         * @throws NotReadyException if the node cannot answer that yet, or no more
         */
        byte[] answer(HttpServerExchange exchange, byte[] body) throws IOException;
    }

    /** The node is not in a state to answer; another one may be. */
    static final class NotReadyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotReadyException(String message) {
            super(message);
        }
    }

    /** @param threadName what its threads are called */
    RingDesk(String threadName, PortSecurity security, NodeLog log) {
        this.security = security;
        this.log = log;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(PLACES), task -> {
                    Thread thread = new Thread(task, threadName);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Answers a request without a body. */
    void take(HttpServerExchange exchange, Deed deed) {
        dispatch(exchange, deed, NO_BODY);
    }

    /** Answers a request once its body is there. */
    void takeBody(HttpServerExchange exchange, Deed deed) {
        exchange.getRequestReceiver()
                .receiveFullBytes(
                        (received, body) -> dispatch(received, deed, body),
                        (broken, failure) -> refuse(broken, CallerCheck.statusOfBody(broken)));
    }

    private void dispatch(HttpServerExchange exchange, Deed deed, byte[] body) {
        if (closed || !places.tryAcquire()) {
            refuse(exchange, StatusCodes.SERVICE_UNAVAILABLE);
            return;
        }
        exchange.dispatch(threads, served -> {
            try {
                serve(served, deed, body);
            } finally {
                places.release();
            }
        });
    }

    private void serve(HttpServerExchange exchange, Deed deed, byte[] body) {
        try {
            send(exchange, deed.answer(exchange, body));
        } catch (IOException unreadable) {
            refuse(exchange, StatusCodes.BAD_REQUEST);
        } catch (NotReadyException later) {
            refuse(exchange, StatusCodes.SERVICE_UNAVAILABLE);
        } catch (RuntimeException | Error e) {
            log.error("ring").setCause(e).log("A request of another node about the ring failed.");
            refuse(exchange, StatusCodes.INTERNAL_SERVER_ERROR);
        }
    }

    /** Sends JSON; to whoever has signed the request with a proof that this node knows the key, too. */
    void send(HttpServerExchange exchange, byte[] answer) {
        ByteBuffer body = ByteBuffer.wrap(answer);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        Accepted request = CallerCheck.signatureOf(exchange);
        SignedCalls calls = security.signatures();
        String seal =
                calls == null || request == null ? null : AnswerSeal.of(calls, request.keyId(), request.nonce(), body);
        if (seal != null) {
            exchange.getResponseHeaders().put(ANSWER, seal);
        }
        exchange.getResponseSender().send(body);
    }

    private static void refuse(HttpServerExchange exchange, int status) {
        int told = status == 0 ? StatusCodes.BAD_REQUEST : status;
        CallerCheck.challenge(exchange, told);
        exchange.setStatusCode(told).setPersistent(false).endExchange();
    }

    /** Takes no more requests; those that were taken are answered. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
    }
}
