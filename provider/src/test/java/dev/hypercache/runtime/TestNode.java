package dev.hypercache.runtime;

import static org.awaitility.Awaitility.await;

import dev.hypercache.config.Settings;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.ChangeObserver;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.spi.storage.RetentionLimits;
import dev.hypercache.storage.CaffeineRetentions;
import dev.hypercache.storage.HeapEntryStores;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.NodeMetrics;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An embedded node on a clock of the test's own, which keeps the changes of its caches. */
public final class TestNode implements ChangeObserver, AutoCloseable {

    private static final long NO_LIMIT_MILLIS = 60_000;

    public final ManualTime time = new ManualTime();
    final Queue<String> changes = new ConcurrentLinkedQueue<>();
    private final AtomicLong live = new AtomicLong();
    private final AtomicLong liveMost = new AtomicLong();
    private final NodeMetrics metrics = NodeMetrics.create(Settings.defaults());
    private final EmbeddedNode node;

    private TestNode(String name, long requestTimeoutMillis, long holdMaxMillis) {
        node = new EmbeddedNode(
                name,
                new EmbeddedNode.Limits(requestTimeoutMillis, holdMaxMillis),
                time,
                new EmbeddedNode.Storage(new HeapEntryStores(), new CaffeineRetentions()),
                metrics);
    }

    /** A node whose waits end only when what they wait for has come. */
    public static TestNode patient(String name) {
        return started(new TestNode(name, NO_LIMIT_MILLIS, NO_LIMIT_MILLIS));
    }

    /** A node with these limits; waits are of real time, the age of a hold is told by the test's clock. */
    static TestNode limited(String name, long requestTimeoutMillis, long holdMaxMillis) {
        return started(new TestNode(name, requestTimeoutMillis, holdMaxMillis));
    }

    private static TestNode started(TestNode made) {
        made.node.start();
        return made;
    }

    public RingClient open(String cache) {
        return openClient(cache, RetentionLimits.unbounded(), false);
    }

    LocalClient openClient(String cache, RetentionLimits limits, boolean eternal) {
        return (LocalClient) node.openCache(
                new CacheSpec(cache, CacheSpec.NO_ID, Object::equals, (key, value) -> 1, limits, eternal, this));
    }

    @Override
    public void changed(Object key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        changes.add(change + " " + key);
        if (after == null) {
            live.decrementAndGet();
        } else if (before == null) {
            liveMost.accumulateAndGet(live.incrementAndGet(), Math::max);
        }
    }

    /**
     * The most entries that there were at one time, counted change by change: {@link LocalClient#entries} adds up slots that
     * go on meanwhile.
     */
    long liveMost() {
        return liveMost.get();
    }

    @Override
    public void settle() {}

    long counted(MetricName name) {
        return metrics.node().read(name);
    }

    /** Returns when {@code threads} have queued up for a hold since the node was made. */
    public void awaitWaiting(int threads) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> counted(MetricName.HOLDS_WAITED) >= threads);
    }

    @Override
    public void close() {
        node.close();
    }
}
