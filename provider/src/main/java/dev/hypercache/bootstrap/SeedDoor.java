package dev.hypercache.bootstrap;

import dev.hypercache.core.form.FormAnswer;
import dev.hypercache.core.form.FormRequest;
import dev.hypercache.core.form.JoinDesk;
import dev.hypercache.core.form.SeedCard;
import dev.hypercache.spi.Payload;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.http.Audience;
import dev.hypercache.transport.http.CallerCheck;
import dev.hypercache.transport.http.RouteTable;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a node serves to those who want to be in a ring with it, before there is one and after: its card, its vote, admission to its
 * ring, and its say in how that goes on without a majority.
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

    private static final byte[] NOTHING = RingJson.write(RingJson.object());

    private final Admissions admissions;
    private final ReformDesk reforms;
    private final RingDesk desk;
    private volatile SeedCard card;
    private volatile byte[] shown;
    private volatile @Nullable Function<FormRequest, FormAnswer> voter;

    SeedDoor(SeedCard card, PortSecurity security, MetricSet metrics, ReformDesk reforms) {
        this.reforms = reforms;
        this.card = card;
        this.shown = CardFormat.encode(card);
        String node = card.profile().name();
        NodeLog log = NodeLog.of(SeedDoor.class, node);
        this.admissions = new Admissions(card.profile(), security, metrics, log);
        this.desk = new RingDesk("hypercache-ring-" + node, security, log);
    }

    /** Adds the four routes. */
    void addTo(RouteTable.Builder routes) {
        routes.get(PATH, Audience.CALLERS, exchange -> desk.send(exchange, shown))
                .add(
                        "POST",
                        VOTE,
                        Audience.MEMBERS,
                        VoteFormat.BYTES_MAX,
                        exchange -> desk.takeBody(exchange, this::vote))
                .add(
                        "POST",
                        JOIN,
                        Audience.MEMBERS,
                        JoinFormat.REQUEST_BYTES_MAX,
                        exchange -> desk.takeBody(exchange, this::join))
                .add(
                        "POST",
                        REFORM,
                        Audience.MEMBERS,
                        ReformFormat.BYTES_MAX,
                        exchange -> desk.takeBody(exchange, this::reform));
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
    void admit(JoinDesk admitting) {
        admissions.open(admitting);
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

    /** Takes no more requests with a body; those that were taken are answered. */
    @Override
    public void close() {
        desk.close();
    }
}
