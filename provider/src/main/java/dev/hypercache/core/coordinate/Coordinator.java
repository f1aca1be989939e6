package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.AskHybridPage;
import dev.hypercache.core.message.AskPage;
import dev.hypercache.core.message.ClearStored;
import dev.hypercache.core.message.EntryPage;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.HybridRead;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.Perform;
import dev.hypercache.core.message.PerformClear;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.ReplicaRead;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.message.Stored;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.OpToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one node's callers.
 *
 * <p>Bounded by {@link #REQUESTS_MAX}: a request beyond it fails at once. Confined: the caller guards it.
 */
public final class Coordinator {

    /** The most requests in flight. */
    public static final int REQUESTS_MAX = 100_000;

    private final Routing routing;
    private final Outbox out;
    private final TokenSource tokens;
    private final Map<Long, Request> requests = new LinkedHashMap<>();
    private final Map<Long, ReplicaReading> reads = new LinkedHashMap<>();
    private long lastId;

    /** What tells one request from others. */
    record Ids(
            long request,
            int slot,
            long nowMillis,
            @Nullable OpToken token) {}

    /** Where a request goes out and its end is told. */
    record Ways(Routing routing, Outbox out, Completion completion) {}

    /**
     * @param client this life of this node, never reused; also the upper part of its request ids
     */
    public Coordinator(long client, Routing routing, Outbox out) {
        this.routing = routing;
        this.out = out;
        this.tokens = new TokenSource(client);
    }

    /** Sends an operation to the leader of its slot. */
    public void execute(int slot, int cache, EntryOp op, CallOptions options, Completion completion, long now) {
        route(
                slot,
                options,
                head -> new Execute(slot, head, cache, op, options.pastHolder(), options.hold()),
                completion,
                now);
    }

    /** Clears a cache in one slot. */
    public void clear(int slot, int cache, CallOptions options, Completion completion, long now) {
        route(slot, options, head -> new ExecuteClear(slot, head, cache), completion, now);
    }

    /**
     * Which keys of a cache are asked for.
     *
     * @param from the lowest hash that is wanted, unsigned
     * @param breaksHolds whether the holds of the cache in the slot are broken first; there are none where nobody orders
     */
    public record PageQuestion(int cache, long from, boolean breaksHolds) {}

    /** Asks for keys of a cache in one slot. */
    public void page(int slot, PageQuestion question, CallOptions options, Completion completion, long now) {
        route(
                slot,
                options,
                head -> new AskPage(slot, head, question.cache(), question.from(), question.breaksHolds()),
                completion,
                now);
    }

    private void route(
            int slot, CallOptions options, Function<RequestHead, Message> message, Completion completion, long now) {
        if (isFull(completion)) {
            return;
        }
        Ids ids = newIds(slot, options, now);
        begin(new RoutedRequest(ids, options, routing, out, message, completion), now);
    }

    private Ids newIds(int slot, CallOptions options, long now) {
        OpToken token = options.mutates() ? tokens.next(routing.slotTimeMillis(slot)) : null;
        return new Ids(++lastId, slot, now, token);
    }

    private void begin(Request request, long now) {
        requests.put(lastId, request);
        request.attempt(tokens.lowestUnanswered(), now);
    }

    /** Sends an operation to a replica of its slot, in a cache that nobody orders. */
    public void perform(int slot, int cache, EntryOp op, CallOptions options, Completion completion, long now) {
        Function<RequestHead, Message> message = head -> new Perform(slot, head, cache, op);
        beginLeaderless(slot, options, message, completion, op.isConditional(), now);
    }

    /** Clears a cache that nobody orders in one slot. */
    public void performClear(int slot, int cache, CallOptions options, Completion completion, long now) {
        beginLeaderless(slot, options, head -> new PerformClear(slot, head, cache), completion, false, now);
    }

    /** Asks a replica for keys of a cache that nobody orders in one slot. */
    public void pageLeaderless(int slot, PageQuestion question, CallOptions options, Completion completion, long now) {
        Function<RequestHead, Message> message =
                head -> new AskHybridPage(slot, head, question.cache(), question.from());
        beginLeaderless(slot, options, message, completion, false, now);
    }

    private void beginLeaderless(
            int slot,
            CallOptions options,
            Function<RequestHead, Message> message,
            Completion completion,
            boolean atPrimary,
            long now) {
        if (!isFull(completion)) {
            Ways ways = new Ways(routing, out, completion);
            begin(new LeaderlessRequest(newIds(slot, options, now), options, ways, message, atPrimary), now);
        }
    }

    private boolean isFull(Completion completion) {
        boolean full = requests.size() >= REQUESTS_MAX;
        if (full) {
            completion.failed("this node has " + REQUESTS_MAX + " requests in flight already; try again later");
        }
        return full;
    }

    /** Reads at a majority of the slot's voters, without the leader if they agree. */
    public void readQuorum(int slot, RecordKey name, long timeoutMillis, ReadCompletion answer, long now) {
        Question question = new Question(++lastId, slot, name, false, now + timeoutMillis);
        start(new QuorumRead(question, routing, out, answer));
    }

    /** Reads at every voter of the slot. */
    public void readAll(int slot, RecordKey name, long timeoutMillis, ReadCompletion answer, long now) {
        Question question = new Question(++lastId, slot, name, true, now + timeoutMillis);
        start(new QuorumRead(question, routing, out, answer));
    }

    /** Reads at one complete copy, the nearest that answers. */
    public void readOne(int slot, RecordKey name, long timeoutMillis, ReadCompletion answer, long now) {
        Question question = new Question(++lastId, slot, name, false, now + timeoutMillis);
        start(new NearestRead(question, true, routing, out, answer, now));
    }

    /** Reads a cache that nobody orders at a majority of the slot's replicas, or at all of them. */
    public void readLeaderless(
            int slot, RecordKey name, boolean all, long timeoutMillis, ReadCompletion answer, long now) {
        Question question = new Question(++lastId, slot, name, all, now + timeoutMillis);
        start(new LeaderlessRead(question, routing, out, answer, now));
    }

    /** Reads a cache that nobody orders at one complete copy, the nearest that answers. */
    public void readLeaderlessOne(int slot, RecordKey name, long timeoutMillis, ReadCompletion answer, long now) {
        Question question = new Question(++lastId, slot, name, false, now + timeoutMillis);
        start(new NearestRead(question, false, routing, out, answer, now));
    }

    private void start(ReplicaReading read) {
        reads.put(lastId, read);
        read.start();
        if (read.isEnded()) {
            reads.remove(lastId);
        }
    }

    /** A message for a request of this node; false if it is none. */
    public boolean receive(int from, Message message, long now) {
        if (message instanceof Executed executed) {
            Request request = requests.get(executed.request());
            if (request != null) {
                request.on(from, executed);
                afterwards(executed.request(), request, now);
            }
        } else if (message instanceof EntryPage page) {
            Request request = requests.get(page.request());
            if (request != null) {
                request.on(from, page);
                afterwards(page.request(), request, now);
            }
        } else if (message instanceof Rejected rejected) {
            Request request = requests.get(rejected.request());
            if (request != null) {
                request.on(rejected, now);
                afterwards(rejected.request(), request, now);
            }
        } else if (message instanceof ReplicaRead answer) {
            ReplicaReading read = reads.get(answer.request());
            if (read != null) {
                read.on(from, answer, now);
                forgetIfEnded(answer.request(), read);
            }
        } else if (message instanceof HybridRead answer) {
            ReplicaReading read = reads.get(answer.request());
            if (read != null) {
                read.on(from, answer, now);
                forgetIfEnded(answer.request(), read);
            }
        } else {
            return false;
        }
        return true;
    }

    private void forgetIfEnded(long id, ReplicaReading read) {
        if (read.isEnded()) {
            reads.remove(id);
        }
    }

    /**
     * A message that concerns a slot's copy, and perhaps a read of this node: a replica's word about a record that a read sent
     * it again.
     */
    public void overhear(int from, Message message) {
        if (reads.isEmpty()) {
            return;
        }
        if (message instanceof Accepted accepted) {
            tell(read -> read.on(from, accepted));
        } else if (message instanceof Stored stored) {
            tell(read -> read.on(from, stored));
        } else if (message instanceof ClearStored stored) {
            tell(read -> read.on(from, stored));
        }
    }

    private void tell(Consumer<ReplicaReading> word) {
        for (Map.Entry<Long, ReplicaReading> one : new ArrayList<>(reads.entrySet())) {
            word.accept(one.getValue());
            forgetIfEnded(one.getKey(), one.getValue());
        }
    }

    private void afterwards(long id, Request request, long now) {
        if (request.isEnded()) {
            forget(id, request);
        } else if (request.tick(now)) {
            request.attempt(tokens.lowestUnanswered(), now);
        } else if (request.isEnded()) {
            forget(id, request);
        }
    }

    private void forget(long id, Request request) {
        requests.remove(id);
        OpToken token = request.token();
        if (token != null) {
            tokens.answered(token);
        }
    }

    /** Sends again what had no answer for some time, and ends what is out of time. */
    public void tick(long now) {
        for (Map.Entry<Long, Request> one : new ArrayList<>(requests.entrySet())) {
            afterwards(one.getKey(), one.getValue(), now);
        }
        for (Map.Entry<Long, ReplicaReading> one : new ArrayList<>(reads.entrySet())) {
            one.getValue().tick(now);
            if (one.getValue().isEnded()) {
                reads.remove(one.getKey());
            }
        }
    }

    /** How many requests are in flight. */
    public int inFlight() {
        return requests.size() + reads.size();
    }
}
