package dev.hypercache.runtime;

import dev.hypercache.core.node.CacheMachine;
import dev.hypercache.core.node.NodeMachine;
import dev.hypercache.core.node.NodePhase;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.ring.SlotSpace;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.spi.storage.EntryStoreFactory;
import dev.hypercache.spi.storage.RetentionPolicyFactory;
import dev.hypercache.telemetry.NodeMetrics;

/**
 * A ring of one inside the application's JVM: it leads every slot for ever, under the first ballot.
 *
 * <p>There is no one to elect and nothing to send, so nothing is hashed over the ring, encoded or given a token. A timer
 * thread starts with the first entry that can expire.
 */
public final class EmbeddedNode implements RingNode {

    /** The ballot of a ring that never has another leader. */
    private static final Ballot FIRST_BALLOT = new Ballot(1, 0, 0);

    private final NodeContext context;
    private final SlotSpace slots;
    private final Storage storage;
    private final NodeMetrics metrics;
    private final NodeMachine machine = new NodeMachine();

    /** Where a node keeps entries and what watches over their number and age. */
    public record Storage(EntryStoreFactory stores, RetentionPolicyFactory retention) {}

    /** What bounds the waits of operations. */
    public record Limits(long requestTimeoutMillis, long holdMaxMillis) {}

    public EmbeddedNode(String name, Limits limits, TimeSource time, Storage storage, NodeMetrics metrics) {
        this.context = new NodeContext(
                name,
                time,
                new TimerService(name),
                new HeldKeys<>(),
                limits.requestTimeoutMillis(),
                limits.holdMaxMillis());
        this.slots = new SlotSpace(slotsFor(Runtime.getRuntime().availableProcessors()));
        this.storage = storage;
        this.metrics = metrics;
    }

    /** Enough slots that threads on all processors seldom meet in one. */
    private static int slotsFor(int processors) {
        return Math.min(1024, Math.max(64, Integer.highestOneBit(processors) * 32));
    }

    /** Begins to serve. */
    public synchronized void start() {
        machine.advance(NodePhase.READY);
    }

    @Override
    public int ringId(String cacheName, CacheTraits traits) {
        return CacheSpec.NO_ID;
    }

    @Override
    public synchronized RingClient openCache(CacheSpec spec) {
        if (machine.phase() != NodePhase.READY) {
            throw new IllegalStateException("node '" + context.name() + "' is " + machine.phase()
                    + " and opens no caches; get a new cache manager from the provider");
        }
        RuntimeMetrics counted = new RuntimeMetrics(metrics.node());
        Housekeeping housekeeping = new Housekeeping(spec, storage.retention(), context, counted);
        CacheMachine cache = new CacheMachine(
                slots, FIRST_BALLOT, slot -> storage.stores().create(spec.name(), slot), spec.equality(), housekeeping);
        return new LocalClient(spec, cache, housekeeping, context, counted);
    }

    @Override
    public void close() {
        synchronized (this) {
            machine.advance(NodePhase.LEFT);
        }
        context.timer().close();
    }
}
