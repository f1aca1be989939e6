package dev.hypercache.sim;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyListener;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.spi.topology.TopologyUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One node's handle on a {@link ListTopology}: what it holds lags behind, and its appends may end without an answer. */
final class SimTopologyLog implements MemberLog {

    private static final long LAG_MICROS = 15_000;
    private static final long SLOW_MICROS = 400_000;
    private static final long LAG_MOST_MICROS = 2_000_000;
    private static final long STALLED_MICROS = 20_000;

    private final ListTopology topology;
    private final EventQueue queue;
    private final Chance chance;
    private @Nullable TopologyListener listener;
    private boolean closed;
    private boolean pulling;
    private boolean prompt;
    private boolean poked;
    private boolean deaf;
    private long held;
    private long generation;

    SimTopologyLog(ListTopology topology, EventQueue queue, Chance chance) {
        this.topology = topology;
        this.queue = queue;
        this.chance = chance;
        this.generation = topology.generation();
    }

    @Override
    public boolean isOfThePast() {
        return generation < topology.generation() || topology.isOver();
    }

    @Override
    public void enter(long index) {
        generation = topology.generation();
        held = index;
        announce();
    }

    @Override
    public void start(TopologyListener newListener) {
        listener = newListener;
        topology.join(this);
        announce();
    }

    @Override
    public void catchUp() {
        held = topology.last();
    }

    @Override
    public void hurry() {
        prompt = true;
    }

    @Override
    public void deafen(boolean isDeaf) {
        deaf = isDeaf;
    }

    private boolean isStalled() {
        return deaf || topology.isStalled() || isOfThePast();
    }

    /** The list has grown; this member hears of it some time. */
    void announce() {
        if (!pulling && !closed && held < topology.last()) {
            pulling = true;
            boolean isSlow = !prompt && chance.happens(0.05);
            queue.after(Math.min(LAG_MOST_MICROS, chance.tailed(isSlow ? SLOW_MICROS : LAG_MICROS)), this::pull);
        }
    }

    @Override
    public void poke() {
        if (!poked) {
            poked = true;
            queue.after(chance.tailed(2_000), () -> {
                poked = false;
                TopologyListener told = listener;
                if (!closed && told != null && !isStalled()) {
                    catchUp();
                    told.onAdvanced(held);
                }
            });
        }
    }

    private void pull() {
        TopologyListener told = listener;
        if (closed || told == null) {
            return;
        }
        if (isStalled()) {
            queue.after(STALLED_MICROS, this::pull);
            return;
        }
        pulling = false;
        long last = topology.last();
        held = chance.happens(0.3) ? chance.between(Math.min(held + 1, last), last) : last;
        announce();
        told.onAdvanced(held);
    }

    @Override
    public CompletionStage<AppendOutcome> append(long expectedIndex, Payload change, long timeoutMillis) {
        CompletableFuture<AppendOutcome> answer = new CompletableFuture<>();
        if (isStalled() || chance.happens(0.02)) {
            if (chance.happens(0.5) && !isOfThePast()) {
                topology.append(expectedIndex, change);
            }
            queue.afterMillis(timeoutMillis, () -> answer.completeExceptionally(unavailable(true)));
        } else {
            AppendOutcome outcome = topology.append(expectedIndex, change);
            queue.after(chance.tailed(2_000), () -> answer.complete(outcome));
        }
        return answer;
    }

    @Override
    public TopologyPage read(long fromIndex, int changesMax) {
        held = Math.max(held, topology.forgotten());
        return topology.read(fromIndex, held, changesMax);
    }

    @Override
    public CompletionStage<Long> barrier(long timeoutMillis) {
        CompletableFuture<Long> answer = new CompletableFuture<>();
        if (isStalled()) {
            queue.afterMillis(timeoutMillis, () -> answer.completeExceptionally(unavailable(false)));
        } else {
            long last = topology.last();
            queue.after(chance.tailed(2_000), () -> answer.complete(last));
        }
        return answer;
    }

    private static TopologyUnavailableException unavailable(boolean maybeAppended) {
        return new TopologyUnavailableException("The simulated topology log stalls.", maybeAppended, null);
    }

    @Override
    public void checkpoint(long index, Payload state) {
        topology.forget(index, state);
    }

    @Override
    public void close() {
        closed = true;
        topology.leave(this);
    }
}
