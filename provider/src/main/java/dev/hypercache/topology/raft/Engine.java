package dev.hypercache.topology.raft;

import io.microraft.RaftConfig;
import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.RaftNodeStatus;
import io.microraft.executor.RaftNodeExecutor;
import io.microraft.model.message.RaftMessage;
import io.microraft.report.RaftTerm;
import io.microraft.transport.Transport;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One life of the engine over a store that may have seen others.
 *
 * <p>Once fenced it does nothing more: its tasks are dropped and its messages not sent, so the next life need not wait for its
 * end. A message that is handed in is dealt with before {@link #handle} returns, since the cures look at the store right
 * before. Confined to the log's thread.
 */
final class Engine implements RaftNodeExecutor, Transport {

    /** Joining walks back by one entry for each round trip (M3), so there are never many behind a snapshot. */
    static final int COMMITS_PER_SNAPSHOT = 100;

    static final int HEARTBEAT_TIMEOUT_MILLIS = 4_000;

    /** The only delays that the engine asks for in milliseconds and that are as long are those in which it waits for votes. */
    private static final int ELECTION_TIMEOUT_MILLIS = 1_000;

    private static final int ENTRIES_PER_MESSAGE = 64;
    private static final int UNCOMMITTED_MAX = 128;

    private static final RaftConfig CONFIG = RaftConfig.newBuilder()
            .setLeaderElectionTimeoutMillis(ELECTION_TIMEOUT_MILLIS)
            .setLeaderHeartbeatPeriodSecs(1)
            .setLeaderHeartbeatTimeoutSecs(HEARTBEAT_TIMEOUT_MILLIS / 1_000)
            .setCommitCountToTakeSnapshot(COMMITS_PER_SNAPSHOT)
            .setAppendEntriesRequestBatchSize(ENTRIES_PER_MESSAGE)
            .setMaxPendingLogEntryCount(UNCOMMITTED_MAX)
            .setTransferSnapshotsFromFollowersEnabled(false)
            .build();

    private final EngineTime time;
    private final BiConsumer<RaftEndpoint, RaftMessage> outlet;
    private final Runnable after;
    private final TopologyStateMachine machine;
    private final RaftNode node;
    private boolean fenced;
    private boolean running;

    /**
     * Builds the engine; {@link #start} starts it.
     *
     * @param outlet takes what it sends
     * @param after is run behind each of its tasks: anything about it may have changed
     */
    Engine(
            RaftTopologyOptions options,
            EngineTime time,
            Random random,
            RetainedStore store,
            TopologyStateMachine machine,
            Outlets outlets) {
        this.time = time;
        this.outlet = outlets.messages;
        this.after = outlets.after;
        this.machine = machine;
        RaftNode.RaftNodeBuilder builder = RaftNode.newBuilder()
                .setGroupId(options.ring())
                .setConfig(CONFIG)
                .setExecutor(this)
                .setTransport(this)
                .setStateMachine(machine)
                .setStore(store)
                .setModelFactory(EngineEntries.MODEL)
                .setRandom(random)
                .setClock(time.clock());
        this.node = store.isUsed()
                ? builder.setRestoredState(store.restore()).build()
                : builder.setLocalEndpoint(new EngineEndpoint(options.self()))
                        .setInitialGroupMembers(EngineEndpoint.all(options.foundingVoters()))
                        .build();
    }

    /** Where an engine's doings go. */
    record Outlets(BiConsumer<RaftEndpoint, RaftMessage> messages, Runnable after) {}

    void start() {
        var unused = node.start();
    }

    void fence() {
        fenced = true;
    }

    void handle(RaftMessage message) {
        node.handle(message);
    }

    RaftNode node() {
        return node;
    }

    TopologyStateMachine machine() {
        return machine;
    }

    int term() {
        return node.getTerm().getTerm();
    }

    @Nullable
    RaftEndpoint leader() {
        RaftTerm term = node.getTerm();
        return isOver() ? null : term.getLeaderEndpoint();
    }

    boolean isLeader() {
        return node.getLocalEndpoint().equals(leader());
    }

    boolean isVoter() {
        return !isOver() && node.getEffectiveMembers().getVotingMembers().contains(node.getLocalEndpoint());
    }

    /** Whether it has left the voters for good, or could not start. */
    boolean isOver() {
        return node.getStatus() == RaftNodeStatus.TERMINATED;
    }

    /** What is certainly committed: 0 if it cannot be said right now. */
    long commitIndex() {
        var report = node.getReport();
        return report.isDone() && !report.isCompletedExceptionally()
                ? report.join().getResult().getLog().getCommitIndex()
                : 0;
    }

    @Override
    public void execute(Runnable task) {
        if (running) {
            submit(task);
        } else {
            run(task);
        }
    }

    @Override
    public void submit(Runnable task) {
        time.execute(() -> run(task));
    }

    @Override
    public void schedule(Runnable task, long delay, TimeUnit unit) {
        if (unit == TimeUnit.MILLISECONDS && delay >= ELECTION_TIMEOUT_MILLIS) {
            time.afterElection(unit.toMicros(delay), () -> run(task));
        } else {
            time.after(unit.toMicros(delay), () -> run(task));
        }
    }

    private void run(Runnable task) {
        if (fenced) {
            return;
        }
        running = true;
        try {
            task.run();
        } finally {
            running = false;
        }
        after.run();
    }

    @Override
    public void send(RaftEndpoint target, RaftMessage message) {
        if (!fenced) {
            outlet.accept(target, message);
        }
    }

    @Override
    public boolean isReachable(RaftEndpoint endpoint) {
        return true; // Asked only when snapshots come from followers, which they do not.
    }
}
