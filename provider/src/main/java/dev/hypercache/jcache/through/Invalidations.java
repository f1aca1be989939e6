package dev.hypercache.jcache.through;

import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Remove;
import dev.hypercache.runtime.call.OutcomeReceiver;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;

/**
 * Keys that the writer has written and the ring may not have: their entries go as soon as the ring can be reached.
 *
 * <p>What is written cannot be taken back, and an entry that is older than its store would be read for ever. Removals are
 * sent at once without a thread that waits, again when an attempt ended in vain, and with the next write where it failed at
 * once. Bound: {@link #KEYS_MAX} keys; beyond that nobody knows which, and the whole cache is cleared instead. What waits when the
 * node ends is forgotten. Safe for use by any threads.
 */
public final class Invalidations {

    static final int KEYS_MAX = 10_000;

    /** Of an attempt that took less it is not worth while to make another one at once. */
    private static final long ATTEMPT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final RingClient client;
    private final MetricSet metrics;
    private final Runnable settle;
    private final Set<Object> keys = new LinkedHashSet<>();
    private boolean underWay;
    private boolean overflowed;

    /**
     * @param settle delivers the events of the removals
     */
    public Invalidations(RingClient client, MetricSet metrics, Runnable settle) {
        this.client = client;
        this.metrics = metrics;
        this.settle = settle;
    }

    /** These were written and not applied, as far as known. */
    public void add(Collection<Object> written) {
        metrics.add(MetricName.WRITES_NOT_APPLIED, written.size());
        synchronized (this) {
            keys.addAll(written);
            if (keys.size() > KEYS_MAX) {
                keys.clear();
                overflowed = true;
            }
        }
        attempt();
    }

    /** Tries again what waits, if anything does. */
    public void attempt() {
        List<Object> some;
        synchronized (this) {
            if (underWay || keys.isEmpty() && !overflowed) {
                return;
            }
            underWay = true;
            some = new ArrayList<>(keys);
        }
        if (isOverflowed()) {
            clear();
            return;
        }
        List<EntryOp> removals = new ArrayList<>(some.size());
        some.forEach(key -> removals.add(new Remove(key)));
        client.executeAsync(removals, new Attempt(some));
    }

    private synchronized boolean isOverflowed() {
        return overflowed;
    }

    /** On the thread of a writer, since that is rare. */
    private void clear() {
        boolean isCleared = false;
        try {
            client.clear();
            isCleared = true;
        } catch (CacheException e) {
            // The caller is told already that the ring does not follow; the next write tries again.
        } finally {
            ended(List.of(), isCleared);
        }
    }

    private synchronized void ended(List<Object> done, boolean isCleared) {
        done.forEach(keys::remove);
        overflowed &= !isCleared;
        underWay = false;
    }

    private final class Attempt implements OutcomeReceiver {
        private final List<Object> some;
        private final long beganNanos = System.nanoTime();

        Attempt(List<Object> some) {
            this.some = some;
        }

        @Override
        public void performed(List<Outcome> outcomes) {
            ended(some, false);
            settle.run();
            attempt();
        }

        @Override
        public void failed(Throwable reason) {
            ended(List.of(), false);
            settle.run();
            if (System.nanoTime() - beganNanos >= ATTEMPT_NANOS) {
                attempt();
            }
        }
    }
}
