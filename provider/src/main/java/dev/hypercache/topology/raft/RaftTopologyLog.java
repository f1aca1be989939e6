package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyListener;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.spi.topology.TopologyUnavailableException;
import dev.hypercache.topology.raft.LogOperation.Propose;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member's topology log on MicroRaft.
 *
 * <p><b>Use.</b> Made with {@link RaftTopologyOptions#founder} or {@link RaftTopologyOptions#joiner} and {@link RaftPorts}; the
 * node hands in every frame of the log ({@link #receive}), says when a connection is gone ({@link #peerLost}), and tells the
 * roster after each page that it has read ({@link #electorate}). Up to five members vote; the others follow by pages, and
 * {@link #poke} makes them look at once.
 *
 * <p><b>Threads.</b> Methods are safe for any threads; all work is done where {@link EngineTimer} runs it, which also completes
 * stages and calls the listener.
 *
 * <p><b>Bounds.</b> {@value #FRAMES_MAX} frames may wait; what comes on top is dropped as if the network had lost it. The
 * leader takes no more than {@value #STATE_BYTES_MAX} bytes until somebody hands it a checkpoint, so every member that may lead
 * hands over checkpoints. What else is bounded: {@link LeaderCalls}, {@link LeaderDesk}, {@link PageDesk}, {@link PagePuller}.
 */
public final class RaftTopologyLog implements TopologyLog {

    /** The largest change. */
    public static final int CHANGE_BYTES_MAX = 1 << 20;

    /** The largest state: a checkpoint and the changes behind it. */
    public static final int STATE_BYTES_MAX = 16 << 20;

    /** The largest state that a further generation of a ring can go on from. */
    public static final int BASE_BYTES_MAX = 8 << 20;

    /** The largest frame: the beginning of a further generation. Most have a few hundred bytes, a change at most 1 MiB. */
    public static final int FRAME_BYTES_MAX = BASE_BYTES_MAX + CHANGE_BYTES_MAX + (64 << 10);

    private static final int FRAMES_MAX = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(RaftTopologyLog.class);

    private final RaftPorts ports;
    private final TopologyView view;
    private final MemberParts parts;
    private final AtomicInteger framesWaiting = new AtomicInteger();
    private final Object lock = new Object();
    private @Nullable TopologyListener listener;
    private boolean closed;
    private long announced;

    /** Makes the log of a member; nothing happens before {@link #start}. */
    public RaftTopologyLog(RaftTopologyOptions options, RaftPorts ports) {
        this(options, ports, Cures.ALL);
    }

    /** For tests that leave a cure out. */
    RaftTopologyLog(RaftTopologyOptions options, RaftPorts ports, Cures cures) {
        this.ports = ports;
        this.view = new TopologyView(options.checkpoint(), options.founding());
        this.parts = new MemberParts(options, ports, cures, view, this::announce);
    }

    @Override
    public void start(TopologyListener newListener) {
        synchronized (lock) {
            if (closed || listener != null) {
                throw new IllegalStateException("this topology log was started or closed before: make another.");
            }
            listener = newListener;
        }
        boolean unused = perform(() -> {
            parts.start();
            announce();
        });
    }

    /** Runs on the log's thread unless the log is closed by then; what fails there is a bug, and the log goes on. */
    private boolean perform(Runnable work) {
        return ports.timer().execute(() -> {
            try {
                if (isRunning()) {
                    work.run();
                }
            } catch (RuntimeException | AssertionError e) {
                LOG.error("A step of the topology log failed.", e);
            }
        });
    }

    private boolean isRunning() {
        synchronized (lock) {
            return listener != null && !closed;
        }
    }

    private void announce() {
        TopologyListener told;
        long last = view.lastIndex();
        synchronized (lock) {
            if (closed || listener == null || last <= announced) {
                return;
            }
            announced = last;
            told = listener;
        }
        ports.observer().index(last);
        told.onAdvanced(last);
    }

    @Override
    public CompletionStage<AppendOutcome> append(long expectedIndex, Payload change, long timeoutMillis) {
        checkAtLeast("expectedIndex", expectedIndex, 0);
        checkAtLeast("timeoutMillis", timeoutMillis, 1);
        if (change.length() > CHANGE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a change has " + change.length() + " bytes: it may have " + CHANGE_BYTES_MAX + ".");
        }
        CompletableFuture<LeaderAnswer> answer = new CompletableFuture<>();
        if (!isOpen()) {
            return closedStage();
        }
        Payload copy = Payload.of(change.toBytes());
        performOrFail(answer, () -> {
            ChangeId id = ChangeId.draw(ports.random());
            parts.calls().call(new Propose(expectedIndex, id, copy), timeoutMillis, answer);
        });
        return answer.thenApply(done -> {
            parts.pokeSoon(done.index());
            if (done.kind() == LeaderAnswer.Kind.CONFLICT) {
                return new AppendOutcome.Conflict(done.index());
            }
            ports.observer().appended();
            return new AppendOutcome.Appended(done.index());
        });
    }

    private void performOrFail(CompletableFuture<LeaderAnswer> answer, Runnable work) {
        boolean isTaken = ports.timer().execute(() -> {
            if (isRunning()) {
                work.run();
            } else {
                answer.completeExceptionally(closedMeanwhile());
            }
        });
        if (!isTaken) {
            answer.completeExceptionally(closedMeanwhile());
        }
    }

    @Override
    public TopologyPage read(long fromIndex, int changesMax) {
        checkAtLeast("fromIndex", fromIndex, 1);
        checkAtLeast("changesMax", changesMax, 1);
        checkStarted();
        return view.read(fromIndex, changesMax, Long.MAX_VALUE);
    }

    @Override
    public CompletionStage<Long> barrier(long timeoutMillis) {
        checkAtLeast("timeoutMillis", timeoutMillis, 1);
        if (!isOpen()) {
            return closedStage();
        }
        CompletableFuture<LeaderAnswer> answer = new CompletableFuture<>();
        performOrFail(answer, () -> parts.calls().callForIndex(timeoutMillis, answer));
        return answer.thenApply(done -> {
            parts.pokeSoon(done.index());
            return done.index();
        });
    }

    @Override
    public void checkpoint(long index, Payload state) {
        checkAtLeast("index", index, 1);
        checkStarted();
        TopologyPage.Checkpoint summedUp = new TopologyPage.Checkpoint(index, Payload.of(state.toBytes()));
        view.forget(summedUp);
        boolean unused = perform(() -> parts.host().forget(summedUp));
    }

    /**
     * Tells who is a member; not before {@link #start}. To be called after each page that was read and applied, whether or not members changed: the leader
     * changes voters only while what it was told is as new as the log.
     *
     * @param index the last change that the roster takes into account
     * @param members the members in the order in which they are preferred as voters
     */
    public void electorate(long index, List<NodeId> members) {
        List<NodeId> copy = List.copyOf(members);
        boolean unused = perform(() -> parts.membersAre(index, copy));
    }

    /**
     * Tells that the log has reached an index, as heard by other ways. A member that does not vote looks at once.
     *
     * @param index 0 or more
     */
    public void poke(long index) {
        parts.pokeSoon(index);
    }

    /**
     * Takes a frame in.
     *
     * @param from the member that sent it, proved by its connection
     * @param frame its bytes, which are the log's from now on
     */
    public void receive(NodeId from, ByteBuffer frame) {
        if (framesWaiting.incrementAndGet() > FRAMES_MAX || frame.remaining() > FRAME_BYTES_MAX) {
            framesWaiting.decrementAndGet();
            ports.observer().refused();
            return;
        }
        boolean isTaken =
                ports.timer().execute(framesWaiting::decrementAndGet) && perform(() -> parts.receive(from, frame));
        if (!isTaken) {
            ports.observer().refused();
        }
    }

    /** The connection with a member is gone: what it was asked will not be answered. */
    public void peerLost(NodeId peer) {
        boolean unused = perform(() -> parts.calls().peerLost(peer));
    }

    @Override
    public void refresh() {
        boolean unused = perform(parts.puller()::refresh);
    }

    /** What this member knows of who runs the log. Callable by any thread; a moment old. */
    public TopologyStanding standing() {
        return parts.standing();
    }

    /** For tests. */
    MemberParts parts() {
        return parts;
    }

    @Override
    public void close() {
        boolean isRunning;
        synchronized (lock) {
            isRunning = listener != null && !closed;
            closed = true;
        }
        if (isRunning) {
            boolean unused = ports.timer().execute(parts::close);
        }
    }

    private boolean isOpen() {
        synchronized (lock) {
            checkStarted();
            return !closed;
        }
    }

    private void checkStarted() {
        synchronized (lock) {
            if (listener == null) {
                throw new IllegalStateException("this topology log is not started.");
            }
        }
    }

    private static TopologyUnavailableException closedMeanwhile() {
        return new TopologyUnavailableException("The topology log of this member is closed.", false, null);
    }

    private static <T> CompletionStage<T> closedStage() {
        return CompletableFuture.failedFuture(closedMeanwhile());
    }

    private static void checkAtLeast(String what, long value, long min) {
        if (value < min) {
            throw new IllegalArgumentException(what + " is " + value + ": it must be " + min + " or more.");
        }
    }
}
