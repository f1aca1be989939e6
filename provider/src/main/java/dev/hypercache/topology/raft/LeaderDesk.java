package dev.hypercache.topology.raft;

import dev.hypercache.topology.raft.LogOperation.LastIndex;
import dev.hypercache.topology.raft.LogOperation.Propose;
import io.microraft.Ordered;
import io.microraft.QueryPolicy;
import io.microraft.exception.CannotReplicateException;
import io.microraft.exception.NotLeaderException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Performs what this member is asked while it leads, for its own callers and for others.
 *
 * <p>What the engine turns away at once was not done. What it gives up later may have been done, whatever it says: an entry
 * that one voter dropped can live on with another. Bounds: {@value #ASKED_MAX} questions and {@value #BYTES_MAX} bytes of
 * changes under way, beyond which askers are told to come again. Confined to the log's thread.
 */
final class LeaderDesk {

    private static final int ASKED_MAX = 64;
    private static final int BYTES_MAX = 16 << 20;

    /** One question that the engine has. */
    private static final class Asked {
        private final Consumer<LeaderAnswer> asker;
        private final int bytes;

        Asked(Consumer<LeaderAnswer> asker, int bytes) {
            this.asker = asker;
            this.bytes = bytes;
        }
    }

    private final EngineHost host;
    private final RaftPorts ports;
    private final Set<Asked> asked = new LinkedHashSet<>();
    private long bytes;

    LeaderDesk(EngineHost host, RaftPorts ports) {
        this.host = host;
        this.ports = ports;
    }

    /**
     * Asks this member's engine; the answer comes exactly once, perhaps at once.
     *
     * @param propose the change to append; null for the last index
     */
    void perform(@Nullable Propose propose, Consumer<LeaderAnswer> asker) {
        Engine engine = host.active();
        int changeBytes = propose == null ? 0 : propose.change().length();
        if (engine == null || !engine.isLeader()) {
            asker.accept(LeaderAnswer.NOT_LEADER);
        } else if (asked.size() >= ASKED_MAX || bytes + changeBytes > BYTES_MAX) {
            asker.accept(LeaderAnswer.BUSY);
        } else if (propose != null && !engine.machine().hasRoom(changeBytes)) {
            ports.observer().full();
            asker.accept(LeaderAnswer.FULL);
        } else {
            ask(engine, propose, new Asked(asker, changeBytes));
        }
    }

    private void ask(Engine engine, @Nullable Propose propose, Asked one) {
        asked.add(one);
        bytes += one.bytes;
        CompletableFuture<Ordered<Object>> future = propose != null
                ? engine.node().replicate(propose)
                : engine.node().query(new LastIndex(), QueryPolicy.LINEARIZABLE, Optional.empty(), Optional.empty());
        boolean atOnce = future.isDone();
        var unused = future.whenComplete((done, failure) -> {
            LeaderAnswer answer = failure == null ? (LeaderAnswer) done.getResult() : failed(failure, atOnce, propose);
            ports.timer().execute(() -> finish(one, answer));
        });
    }

    private static LeaderAnswer failed(Throwable failure, boolean atOnce, @Nullable Propose propose) {
        if (!atOnce && propose != null) {
            return LeaderAnswer.UNKNOWN;
        }
        if (failure instanceof NotLeaderException) {
            return LeaderAnswer.NOT_LEADER;
        }
        return failure instanceof CannotReplicateException || propose == null
                ? LeaderAnswer.BUSY
                : LeaderAnswer.UNKNOWN;
    }

    private void finish(Asked one, LeaderAnswer answer) {
        if (asked.remove(one)) {
            bytes -= one.bytes;
            one.asker.accept(answer);
        }
    }

    /** The engine was thrown away, or ends: nobody will ever know what came of what it had. */
    void abandon() {
        for (Asked one : List.copyOf(asked)) {
            finish(one, LeaderAnswer.UNKNOWN);
        }
    }
}
