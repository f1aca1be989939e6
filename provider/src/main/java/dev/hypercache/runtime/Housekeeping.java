package dev.hypercache.runtime;

import dev.hypercache.core.lead.SlotLeader;
import dev.hypercache.core.lead.SlotPort;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Evict;
import dev.hypercache.core.op.Expire;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.ChangeObserver;
import dev.hypercache.spi.storage.RetentionLimits;
import dev.hypercache.spi.storage.RetentionListener;
import dev.hypercache.spi.storage.RetentionPolicy;
import dev.hypercache.spi.storage.RetentionPolicyFactory;
import dev.hypercache.telemetry.NodeLog;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a cache within its bounds and free of expired entries.
 *
 * <p>The retention policy hears of every change inside the slot's guard, so it sees a key's changes in their order; what
 * it proposes is put to the slot's leader after the guard is left. A cache without bounds whose entries never expire has
 * no policy. Expired entries are looked for every {@link #TICK_MILLIS}; with the policy's own tick they are gone within
 * two seconds of their end of life, touched or not.
 */
final class Housekeeping implements SlotPort, RetentionListener {

    /** How often expired entries are looked for. */
    static final long TICK_MILLIS = 500;

    /** How many evictions a caller decides at most; a write proposes one or two. */
    private static final int EVICTIONS_PER_OPERATION = 16;

    private final CacheSpec spec;
    private final ChangeObserver observer;
    private final RetentionPolicyFactory policies;
    private final NodeContext node;
    private final RuntimeMetrics metrics;
    private final NodeLog log;
    private final boolean bounded;
    private final boolean weighing;
    /** Filled by calls to the policy: by a write, emptied by writers; by a tick, emptied in the same tick. */
    private final Queue<Object> evictions = new ConcurrentLinkedQueue<>();

    private final Queue<Object> expiries = new ConcurrentLinkedQueue<>();

    private volatile @Nullable RetentionPolicy policy;
    private volatile boolean tickWanted;
    private volatile boolean ticking;
    private @Nullable ScheduledFuture<?> tick;
    private boolean closed;

    Housekeeping(CacheSpec spec, RetentionPolicyFactory policies, NodeContext node, RuntimeMetrics metrics) {
        this.spec = spec;
        this.metrics = metrics;
        this.log = NodeLog.of(Housekeeping.class, node.name()).forCache(spec.name());
        this.observer = spec.observer();
        this.policies = policies;
        this.node = node;
        RetentionLimits limits = spec.limits();
        this.weighing = limits.weightMax() != RetentionLimits.UNBOUNDED;
        this.bounded = weighing || limits.entriesMax() != RetentionLimits.UNBOUNDED;
    }

    @Override
    public void changed(Object key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        if (bounded || policy != null || isExpiring(after)) {
            book(key, change, before, after);
        }
        if (change != Change.TOUCHED) {
            observer.changed(key, change, before, after);
        }
    }

    private static boolean isExpiring(@Nullable StoredRecord record) {
        return record != null && record.expiresAtMillis() != StoredRecord.NEVER;
    }

    private void book(Object key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        RetentionPolicy keeper = policyMade();
        if (after == null) {
            keeper.recordRemoved(key);
        } else if (change != Change.TOUCHED || before == null || endsEarlier(after, before)) {
            written(keeper, key, after);
        } // A later end of life can wait: the early proposal is declined and the entry booked anew.
    }

    private static boolean endsEarlier(StoredRecord after, StoredRecord before) {
        return after.expiresAtMillis() < before.expiresAtMillis();
    }

    private void written(RetentionPolicy keeper, Object key, StoredRecord record) {
        long weight = weighing ? spec.weigher().weigh(key, record.value()) : 1;
        keeper.recordWritten(key, weight, record.expiresAtMillis());
        if (record.expiresAtMillis() != StoredRecord.NEVER && !ticking) {
            tickWanted = true;
        }
    }

    /** The policy, made when the first entry needs one. */
    private RetentionPolicy policyMade() {
        RetentionPolicy keeper = policy;
        return keeper == null ? makePolicy() : keeper;
    }

    private synchronized RetentionPolicy makePolicy() {
        RetentionPolicy made = policy;
        if (made == null) {
            made = policies.create(spec.limits(), this);
            made.maintain(node.millis());
            policy = made;
        }
        return made;
    }

    /** An entry went with a clear, in its slot's guard: writers of other keys go on, so the policy forgets key by key. */
    void dropped(Object key) {
        RetentionPolicy keeper = policy;
        if (keeper != null) {
            keeper.recordRemoved(key);
        }
    }

    @Override
    public void proposeEviction(Object key) {
        evictions.add(key);
    }

    @Override
    public void proposeExpiry(Object key) {
        expiries.add(key);
    }

    /** Whether the cache has a size bound, so that reads matter. */
    boolean isBounded() {
        return bounded;
    }

    void read(Object key) {
        RetentionPolicy keeper = policy;
        if (keeper != null) {
            keeper.recordRead(key);
        }
    }

    /** Decides a few evictions on the thread of a caller; expiries are left to the timer. */
    void afterExecute(LocalClient client) {
        if (policy != null) {
            decideEvictions(client);
        }
    }

    private void decideEvictions(LocalClient client) {
        for (int decided = 0; decided < EVICTIONS_PER_OPERATION; decided++) {
            Object key = evictions.poll();
            if (key == null) {
                break;
            }
            decide(client, new Evict(key));
        }
        if (tickWanted) {
            startTicking(client);
        }
    }

    private void decide(LocalClient client, EntryOp op) {
        SlotLeader leader = client.leader(op.key());
        synchronized (leader) {
            StoredRecord left =
                    leader.execute(op, null, client.slotTime(leader)).after();
            RetentionPolicy keeper = policy;
            if (left != null && keeper != null) {
                written(keeper, op.key(), left);
            }
        }
    }

    private synchronized void startTicking(LocalClient client) {
        tickWanted = false;
        if (tick == null && !closed) {
            tick = node.timer().everyMillis(TICK_MILLIS, () -> tick(client));
            ticking = tick != null;
        }
    }

    private void tick(LocalClient client) {
        RetentionPolicy keeper = policy;
        if (keeper == null) {
            return;
        }
        metrics.ticked();
        try {
            keeper.maintain(node.millis());
            for (Object key = expiries.poll(); key != null; key = expiries.poll()) {
                decide(client, new Expire(key));
            }
            for (Object key = evictions.poll(); key != null; key = evictions.poll()) {
                decide(client, new Evict(key));
            }
            observer.settleInBackground();
        } catch (RuntimeException | Error e) {
            metrics.tickFailed();
            log.warn("expire").setCause(e).log("The periodic work of a cache failed; it goes on with the next tick.");
        }
        stopTickingWhenIdle(keeper);
    }

    private synchronized void stopTickingWhenIdle(RetentionPolicy keeper) {
        ticking = false; // A write from here on asks for the timer; one from before shows in the policy.
        if (keeper.nextDeadlineMillis() != RetentionPolicy.NEVER || tickWanted || tick == null) {
            ticking = tick != null;
            return;
        }
        tick.cancel(false);
        tick = null;
    }

    synchronized void close() {
        closed = true;
        if (tick != null) {
            tick.cancel(false);
            tick = null;
        }
    }
}
