package dev.hypercache.bootstrap;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyListener;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.spi.topology.TopologyUnavailableException;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The topology log as a client sees it: it asks a member for what is new every {@value #PULL_MILLIS} ms, and at once when a member says
 * that there is more. It takes no part in it and proposes nothing. At most {@value #UNREAD_MAX} changes wait to be read; before they
 * are, nothing more is asked for. Safe for use by any threads.
 */
final class ClientTopology implements TopologyLog {

    static final long PULL_MILLIS = 1_000;

    private static final int READ_MILLIS = 2_000;
    private static final int UNREAD_MAX = 4_096;

    private final ClientCalls calls;
    private final ClientMembers members;
    private final MetricSet metrics;
    private final Consumer<RingPage> otherRing;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicBoolean isAsked = new AtomicBoolean();
    private final ArrayDeque<TopologyChange> unread = new ArrayDeque<>();
    private TopologyPage.@Nullable Checkpoint checkpoint;
    private long index;
    private RingId ring;
    private @Nullable TopologyListener listener;

    /**
     * @param first what a member told of its ring
     * @param otherRing told when members tell of another ring, again at each time; returns at once
     */
    ClientTopology(
            String name,
            RingPage first,
            ClientCalls calls,
            ClientMembers members,
            MetricSet metrics,
            Consumer<RingPage> otherRing) {
        this.calls = calls;
        this.members = members;
        this.metrics = metrics;
        this.otherRing = otherRing;
        this.ring = first.ring();
        this.thread = DaemonTimer.named("hypercache-topology-" + name);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        take(first);
    }

    /** The ring, in the newest generation that a member told of. */
    synchronized RingId ring() {
        return ring;
    }

    @Override
    public void start(TopologyListener newListener) {
        synchronized (this) {
            listener = newListener;
        }
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::pull, PULL_MILLIS, PULL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Does something between two pulls, every so often. */
    void every(long millis, Runnable task) {
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void pull() {
        try {
            pull(false);
        } catch (IOException | RuntimeException unanswered) {
            metrics.count(MetricName.TOPOLOGY_PULL_FAILURES); // It is asked for again soon.
        }
    }

    private void pull(boolean confirmed) throws IOException {
        boolean isMore = true;
        while (isMore) {
            if (isFull()) {
                throw new IOException(UNREAD_MAX + " changes of the ring wait to be followed");
            }
            long after = index();
            metrics.count(MetricName.TOPOLOGY_PULLS);
            RingPage page = members.askOnce(member -> current(calls.state(member, after, confirmed, READ_MILLIS)));
            boolean isNew = take(page);
            TopologyListener told = isNew ? listener() : null;
            if (told != null) {
                told.onAdvanced(index());
            }
            isMore = isNew && index() < page.index();
        }
    }

    private synchronized boolean isFull() {
        return unread.size() >= UNREAD_MAX;
    }

    /** A member that does not know that its ring has begun a further generation has nothing to tell. */
    private RingPage current(RingPage page) throws IOException {
        RingId known = ring();
        boolean isSame = page.ring().id().equals(known.id());
        if (isSame && page.ring().generation() < known.generation()) {
            throw new IOException("is still in generation " + page.ring().generation() + " of its ring");
        }
        boolean isReset = page.ring().generation() > known.generation() && page.index() < index();
        if (!isSame || isReset) {
            otherRing.accept(page);
            throw new IOException("is of another ring, " + page.ring());
        }
        return page;
    }

    private synchronized boolean take(RingPage told) {
        long before = index;
        ring = told.ring();
        TopologyPage.Checkpoint newer = told.page().checkpoint();
        if (newer != null && newer.index() > index) {
            checkpoint = newer;
            unread.clear();
            index = newer.index();
        }
        for (TopologyChange change : told.page().changes()) {
            if (change.index() == index + 1) {
                unread.add(change);
                index++;
            }
        }
        return index > before;
    }

    private synchronized long index() {
        return index;
    }

    private synchronized @Nullable TopologyListener listener() {
        return listener;
    }

    @Override
    public synchronized TopologyPage read(long fromIndex, int changesMax) {
        TopologyPage.Checkpoint summary = checkpoint;
        if (summary != null && summary.index() < fromIndex) {
            summary = null;
            checkpoint = null;
        }
        while (!unread.isEmpty() && unread.getFirst().index() < fromIndex) {
            unread.removeFirst();
        }
        List<TopologyChange> changes = new ArrayList<>();
        for (TopologyChange change : unread) {
            if (changes.size() < changesMax) {
                changes.add(change);
            }
        }
        return new TopologyPage(summary, changes);
    }

    @Override
    public void refresh() {
        if (isAsked.compareAndSet(false, true)) {
            perform(() -> {
                isAsked.set(false);
                pull();
            });
        }
    }

    private boolean perform(Runnable task) {
        try {
            thread.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    @Override
    public CompletionStage<AppendOutcome> append(long expectedIndex, Payload change, long timeoutMillis) {
        return CompletableFuture.failedFuture(
                new TopologyUnavailableException("a client proposes no changes of the ring", false, null));
    }

    @Override
    public CompletionStage<Long> barrier(long timeoutMillis) {
        CompletableFuture<Long> reached = new CompletableFuture<>();
        boolean isTaken = perform(() -> {
            try {
                pull(true);
                reached.complete(index());
            } catch (IOException | RuntimeException e) {
                reached.completeExceptionally(
                        new TopologyUnavailableException(String.valueOf(e.getMessage()), false, e));
            }
        });
        if (!isTaken) {
            reached.completeExceptionally(new TopologyUnavailableException("the client is closed", false, null));
        }
        return reached;
    }

    /** A client keeps no log that could forget anything. */
    @Override
    public void checkpoint(long summedUp, Payload state) {}

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** Lets the client ask the members that a state names. */
    static void follow(ClientMembers members, ControlState state) {
        members.follow(state.roster().members().stream()
                .map(Member::profile)
                .map(profile -> profile.address())
                .toList());
    }
}
