package dev.hypercache.runtime;

import dev.hypercache.core.lead.SlotLeader;
import dev.hypercache.core.lead.SlotPort;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.Evict;
import dev.hypercache.core.op.Expire;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.ChangeObserver;
import dev.hypercache.spi.storage.EntryCursor;
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

    private record Proposal(Object key, boolean expired) {}

    private final CacheSpec spec;
    private final ChangeObserver observer;
    private final RetentionPolicyFactory policies;
    private final NodeContext node;
    private final RuntimeMetrics metrics;
    private final NodeLog log;
    private final boolean bounded;
    private final boolean weighing;
    /** Filled within calls to the policy and emptied right after them, so bounded by the work of one call per thread. */
    private final Queue<Proposal> proposals = new ConcurrentLinkedQueue<>();

    private volatile @Nullable RetentionPolicy policy;
    private volatile boolean tickWanted;
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
        RetentionPolicy keeper = after == null ? policy : policyFor(after);
        if (keeper != null) {
            if (after == null) {
                keeper.recordRemoved(key);
            } else {
                written(keeper, key, after);
            }
        }
        if (change != Change.TOUCHED) {
            observer.changed(key, change, before, after);
        }
    }

    private void written(RetentionPolicy keeper, Object key, StoredRecord record) {
        long weight = weighing ? spec.weigher().weigh(key, record.value()) : 1;
        keeper.recordWritten(key, weight, record.expiresAtMillis());
        if (record.expiresAtMillis() != StoredRecord.NEVER) {
            tickWanted = true;
        }
    }

    /** The policy, made when the first entry needs one. */
    private @Nullable RetentionPolicy policyFor(StoredRecord record) {
        RetentionPolicy keeper = policy;
        if (keeper != null || (!bounded && record.expiresAtMillis() == StoredRecord.NEVER)) {
            return keeper;
        }
        synchronized (this) {
            if (policy == null) {
                RetentionPolicy made = policies.create(spec.limits(), this);
                made.maintain(node.millis());
                policy = made;
            }
            return policy;
        }
    }

    /** A slot is about to be cleared, in its guard: writers of other slots go on, so the policy forgets key by key. */
    void clearing(SlotReplica replica) {
        RetentionPolicy keeper = policy;
        if (keeper == null) {
            return;
        }
        for (EntryCursor<StoredRecord> cursor = replica.cursor(); cursor.advance(); ) {
            keeper.recordRemoved(cursor.key());
        }
    }

    @Override
    public void proposeEviction(Object key) {
        proposals.add(new Proposal(key, false));
    }

    @Override
    public void proposeExpiry(Object key) {
        proposals.add(new Proposal(key, true));
    }

    void read(Object key) {
        if (bounded) {
            RetentionPolicy keeper = policy;
            if (keeper != null) {
                keeper.recordRead(key);
            }
        }
    }

    void afterExecute(LocalClient client) {
        if (policy != null) {
            decideProposals(client);
            if (tickWanted) {
                startTicking(client);
            }
        }
    }

    private void decideProposals(LocalClient client) {
        for (Proposal proposal = proposals.poll(); proposal != null; proposal = proposals.poll()) {
            Object key = proposal.key();
            SlotLeader leader = client.leader(key);
            synchronized (leader) {
                Outcome outcome = leader.execute(
                        proposal.expired() ? new Expire(key) : new Evict(key), null, client.slotTime(leader));
                StoredRecord left = outcome.after();
                RetentionPolicy keeper = policy;
                if (left != null && keeper != null) {
                    written(keeper, key, left);
                }
            }
        }
    }

    private synchronized void startTicking(LocalClient client) {
        tickWanted = false;
        if (tick == null && !closed) {
            tick = node.timer().everyMillis(TICK_MILLIS, () -> tick(client));
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
            decideProposals(client);
            observer.settle();
        } catch (RuntimeException e) {
            metrics.tickFailed();
            log.warn("expire").setCause(e).log("The periodic work of a cache failed; it goes on with the next tick.");
        }
        stopTickingWhenIdle(keeper);
    }

    private synchronized void stopTickingWhenIdle(RetentionPolicy keeper) {
        if (keeper.nextDeadlineMillis() == RetentionPolicy.NEVER && !tickWanted && tick != null) {
            tick.cancel(false);
            tick = null;
        }
    }

    synchronized void close() {
        closed = true;
        if (tick != null) {
            tick.cancel(false);
            tick = null;
        }
    }
}
