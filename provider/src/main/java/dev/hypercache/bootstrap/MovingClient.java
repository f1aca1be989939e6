package dev.hypercache.bootstrap;

import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.KeyCursor;
import dev.hypercache.runtime.call.Levels;
import dev.hypercache.runtime.call.OutcomeReceiver;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.runtime.call.RingStatistics;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A cache that goes on when its ring is started anew. The ring may call it otherwise then, which is part of every key: keys are written
 * anew for it. Safe for use by any threads.
 */
final class MovingClient implements RingClient {

    private final Supplier<Target> targets;
    private final Runnable whenClosed;

    /**
     * Where the cache is now.
     *
     * @param client the cache in the present ring
     * @param id what that calls it
     */
    record Target(RingClient client, int id) {}

    /** What was made of a target. */
    private record View(Target of, Target made) {}

    /**
     * @param targets where the cache is, asked at each call
     * @param whenClosed told when the cache was closed
     */
    MovingClient(Supplier<Target> targets, Runnable whenClosed) {
        this.targets = targets;
        this.whenClosed = whenClosed;
    }

    private RingClient client() {
        return targets.get().client();
    }

    private static Object keyIn(Target target, Object key) {
        boolean isOther = key instanceof KeyBytes bytes && bytes.cache() != target.id();
        return isOther ? KeyBytes.of(target.id(), ((KeyBytes) key).toBytes()) : key;
    }

    private static EntryOp opIn(Target target, EntryOp op) {
        Object key = keyIn(target, op.key());
        return key == op.key() ? op : op.withKey(key);
    }

    @Override
    public @Nullable StoredRecord read(Object key) {
        Target now = targets.get();
        return now.client().read(keyIn(now, key));
    }

    @Override
    public Outcome execute(EntryOp op) {
        Target now = targets.get();
        return now.client().execute(opIn(now, op));
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public List<Outcome> executeAll(List<EntryOp> ops) {
        Target now = targets.get();
        return now.client().executeAll(ops.stream().map(op -> opIn(now, op)).toList());
    }

    @Override
    public List<Outcome> executeAll(List<EntryOp> ops, List<Hold> holds) {
        Target now = targets.get();
        return now.client().executeAll(ops.stream().map(op -> opIn(now, op)).toList(), holds);
    }

    @Override
    public void executeAsync(List<EntryOp> ops, OutcomeReceiver receiver) {
        Target now;
        try {
            now = targets.get();
        } catch (RuntimeException noRing) {
            receiver.failed(noRing);
            return;
        }
        now.client().executeAsync(ops.stream().map(op -> opIn(now, op)).toList(), receiver);
    }

    @Override
    public Outcome tryExecute(EntryOp op) {
        Target now = targets.get();
        return now.client().tryExecute(opIn(now, op));
    }

    @Override
    public Outcome execute(EntryOp op, Hold hold) {
        Target now = targets.get();
        return now.client().execute(opIn(now, op), hold);
    }

    @Override
    public Outcome executeAndRelease(EntryOp op, Hold hold) {
        Target now = targets.get();
        return now.client().executeAndRelease(opIn(now, op), hold);
    }

    @Override
    public Hold hold(Object key, HoldKind kind, long timeoutMillis) {
        Target now = targets.get();
        return now.client().hold(keyIn(now, key), kind, timeoutMillis);
    }

    @Override
    public Hold tryHold(Object key, HoldKind kind) {
        Target now = targets.get();
        return now.client().tryHold(keyIn(now, key), kind);
    }

    @Override
    public List<Hold> tryHoldAll(List<Object> keys, HoldKind kind) {
        Target now = targets.get();
        return now.client().tryHoldAll(keys.stream().map(key -> keyIn(now, key)).toList(), kind);
    }

    @Override
    public void together(Runnable work) {
        client().together(work);
    }

    @Override
    public boolean isListenedToElsewhere() {
        return client().isListenedToElsewhere();
    }

    @Override
    public RingClient at(Levels levels) {
        return view(client -> client.at(levels));
    }

    @Override
    public RingClient at(ConsistencyLevel level) {
        return view(client -> client.at(level));
    }

    private RingClient view(UnaryOperator<RingClient> look) {
        AtomicReference<@Nullable View> last = new AtomicReference<>();
        return new MovingClient(
                () -> {
                    Target now = targets.get();
                    View view = last.get();
                    if (view == null || view.of() != now) {
                        view = new View(now, new Target(look.apply(now.client()), now.id()));
                        last.set(view);
                    }
                    return view.made();
                },
                () -> {});
    }

    @Override
    public void clear() {
        client().clear();
    }

    @Override
    public KeyCursor scan() {
        return client().scan();
    }

    @Override
    public KeyCursor scanAndBreakHolds() {
        return client().scanAndBreakHolds();
    }

    @Override
    public long entries() {
        return client().entries();
    }

    @Override
    public RingStatistics statistics() {
        return new MovingStatistics(() -> Objects.requireNonNull(client().statistics(), "statistics"));
    }

    @Override
    public long nowMillis() {
        return client().nowMillis();
    }

    @Override
    public long requestTimeoutMillis() {
        return client().requestTimeoutMillis();
    }

    @Override
    public void listenersChanged() {
        client().listenersChanged();
    }

    @Override
    public void destroy() {
        client().destroy();
    }

    @Override
    public void close() {
        client().close();
        whenClosed.run();
    }
}
