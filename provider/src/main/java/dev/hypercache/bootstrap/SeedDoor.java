package dev.hypercache.bootstrap;

import dev.hypercache.core.form.FormAnswer;
import dev.hypercache.core.form.FormRequest;
import dev.hypercache.core.form.JoinDesk;
import dev.hypercache.core.form.SeedCard;
import dev.hypercache.spi.Payload;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.auth.AnswerSeal;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.RequestVerdict.Accepted;
import dev.hypercache.transport.auth.SignedCalls;
import dev.hypercache.transport.http.Audience;
import dev.hypercache.transport.http.CallerCheck;
import dev.hypercache.transport.http.RouteTable;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a node serves to those who want to be in a ring with it, before there is one and after: its card, its vote, admission to its
 * ring, and its say in how that goes on without a majority. At most {@value #PLACES} requests with a body are taken in at once; more are told to come again.
 */
final class SeedDoor implements AutoCloseable {

    /** Where the card is. */
    static final String PATH = "/internal/ring";

    /** Where candidates ask. */
    static final String VOTE = "/internal/ring/vote";

    /** Where admission is asked for. */
    static final String JOIN = "/internal/ring/join";

    /** Where the survivors of a ring agree on its next generation. */
    static final String REFORM = "/internal/ring/reform";

    static final int PLACES = 64;

    private static final byte[] NOTHING = RingJson.write(RingJson.object());
    private static final int THREADS = 4;
    private static final long IDLE_SECONDS = 10;
    private static final HttpString ANSWER = new HttpString(AnswerSeal.FIELD);

    private final PortSecurity security;
    private final NodeLog log;
    private final Admissions admissions;
    private final ReformDesk reforms;
    private final Semaphore places = new Semaphore(PLACES);
    private final ThreadPoolExecutor threads;
    private volatile SeedCard card;
    private volatile byte[] shown;
    private volatile @Nullable Function<FormRequest, FormAnswer> voter;
    private volatile boolean closed;

    /** What is done with a body. */
    private interface Deed {
        byte[] answer(HttpServerExchange exchange, byte[] body) throws IOException;
    }

    SeedDoor(SeedCard card, PortSecurity security, MetricSet metrics, ReformDesk reforms) {
        this.security = security;
        this.reforms = reforms;
        this.card = card;
        this.shown = CardFormat.encode(card);
        String node = card.profile().name();
        this.log = NodeLog.of(SeedDoor.class, node);
        this.admissions = new Admissions(card.profile(), security, metrics, log);
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(PLACES), task -> {
                    Thread thread = new Thread(task, "hypercache-ring-" + node);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Adds the four routes. */
    void addTo(RouteTable.Builder routes) {
        routes.get(PATH, Audience.CALLERS, exchange -> send(exchange, shown))
                .add("POST", VOTE, Audience.MEMBERS, VoteFormat.BYTES_MAX, exchange -> take(exchange, this::vote))
                .add(
                        "POST",
                        JOIN,
                        Audience.MEMBERS,
                        JoinFormat.REQUEST_BYTES_MAX,
                        exchange -> take(exchange, this::join))
                .add(
                        "POST",
                        REFORM,
                        Audience.MEMBERS,
                        ReformFormat.BYTES_MAX,
                        exchange -> take(exchange, this::reform));
    }

    /** Shows another card from now on. One with a founding says that this node is a member of that ring. */
    void show(SeedCard newCard) {
        card = newCard;
        shown = CardFormat.encode(newCard);
    }

    /** The card that is shown. */
    SeedCard card() {
        return card;
    }

    /** Who votes as long as the node is in no ring. */
    void vote(Function<FormRequest, FormAnswer> newVoter) {
        voter = newVoter;
    }

    /** Who admits nodes to the ring; without anybody, all are refused. */
    void admit(JoinDesk desk) {
        admissions.open(desk);
    }

    private void take(HttpServerExchange exchange, Deed deed) {
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
        } catch (RuntimeException | Error e) {
            log.error("ring").setCause(e).log("A request of a node that forms or joins a ring failed.");
            refuse(exchange, StatusCodes.INTERNAL_SERVER_ERROR);
        }
    }

    private byte[] vote(HttpServerExchange exchange, byte[] body) throws IOException {
        FormRequest request = VoteFormat.decodeRequest(body);
        Payload founding = card.founding();
        Function<FormRequest, FormAnswer> present = voter;
        if (founding != null) {
            return VoteFormat.encode(new FormAnswer.InRing(founding, true));
        }
        if (present == null) {
            throw new IOException("this node does not vote yet");
        }
        return VoteFormat.encode(present.apply(request));
    }

    private byte[] join(HttpServerExchange exchange, byte[] body) throws IOException {
        SeedCard now = card;
        return JoinFormat.encode(new Admission(
                admissions.answer(JoinFormat.decodeRequest(body), CallerCheck.of(exchange), now), now.founding()));
    }

    private byte[] reform(HttpServerExchange exchange, byte[] body) throws IOException {
        reforms.received(ReformFormat.decode(body));
        return NOTHING;
    }

    private void send(HttpServerExchange exchange, byte[] answer) {
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

    /** Takes no more requests with a body; those that were taken are answered. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
    }
}
