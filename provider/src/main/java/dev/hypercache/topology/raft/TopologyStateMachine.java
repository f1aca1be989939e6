package dev.hypercache.topology.raft;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.topology.raft.LogOperation.Founding;
import dev.hypercache.topology.raft.LogOperation.LastIndex;
import dev.hypercache.topology.raft.LogOperation.Propose;
import dev.hypercache.topology.raft.LogOperation.SnapshotPart;
import dev.hypercache.topology.raft.LogOperation.TermBegin;
import io.microraft.statemachine.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the engine's entries do, the same at each voter: an append counts if nothing was appended since its author looked, or if
 * it was performed before. One for each life of the engine.
 *
 * <p>Changes are numbered here and not by the engine, whose own log has entries for voters and terms besides.
 */
final class TopologyStateMachine implements StateMachine {

    private final @Nullable Founding founding;
    private final TopologyView view;
    private LedgerState state = new LedgerState(null);

    TopologyStateMachine(@Nullable Founding founding, TopologyView view) {
        this.founding = founding;
        this.view = view;
    }

    @Override
    public Object runOperation(long commitIndex, Object operation) {
        if (operation instanceof Propose propose) {
            return perform(propose);
        } else if (operation instanceof TermBegin begin) {
            found(begin.founding());
            return new LeaderAnswer(LeaderAnswer.Kind.DONE, state.lastIndex());
        } else if (operation instanceof LastIndex) {
            return new LeaderAnswer(LeaderAnswer.Kind.DONE, state.lastIndex());
        }
        throw new IllegalStateException("no operation of this log: " + operation);
    }

    private LeaderAnswer perform(Propose propose) {
        Long before = state.find(propose.id());
        if (before != null) {
            return new LeaderAnswer(LeaderAnswer.Kind.DONE, before);
        }
        if (propose.expectedIndex() != state.lastIndex()) {
            return new LeaderAnswer(LeaderAnswer.Kind.CONFLICT, state.lastIndex());
        }
        long index = state.append(propose.id(), propose.change());
        view.offer(new TopologyChange(index, propose.change()));
        return new LeaderAnswer(LeaderAnswer.Kind.DONE, index);
    }

    private void found(@Nullable Founding begin) {
        if (begin == null || state.lastIndex() > 0) {
            return;
        }
        state = new LedgerState(begin.base());
        state.restore(begin.change());
        if (begin.base() != null) {
            view.restore(begin.base());
        }
        view.offer(new TopologyChange(state.lastIndex(), begin.change()));
    }

    @Override
    public void takeSnapshot(long commitIndex, Consumer<Object> chunks) {
        SnapshotFormat.write(state).forEach(chunks);
    }

    @Override
    public void installSnapshot(long commitIndex, List<Object> chunks) {
        List<SnapshotPart> parts = new ArrayList<>();
        chunks.forEach(chunk -> parts.add((SnapshotPart) chunk));
        try {
            state = SnapshotFormat.read(parts);
        } catch (MalformedFrameException e) {
            throw new IllegalStateException("the topology log's snapshot " + commitIndex + " is unreadable", e);
        }
        TopologyPage.Checkpoint checkpoint = state.checkpoint();
        long index = 0;
        if (checkpoint != null) {
            index = checkpoint.index();
            view.restore(checkpoint);
        }
        for (Payload change : state.changes()) {
            view.offer(new TopologyChange(++index, change));
        }
    }

    /** The founding change goes first of all: whoever leads a log without any change brings it along. */
    @Override
    public Object getNewTermOperation() {
        return new TermBegin(state.lastIndex() == 0 ? founding : null);
    }

    long lastIndex() {
        return state.lastIndex();
    }

    /** Whether so many bytes more fit before the next checkpoint. */
    boolean hasRoom(int changeBytes) {
        TopologyPage.Checkpoint checkpoint = state.checkpoint();
        long summedUp = checkpoint == null ? 0 : checkpoint.state().length();
        return state.bytes() + summedUp + changeBytes <= RaftTopologyLog.STATE_BYTES_MAX;
    }

    void forget(TopologyPage.Checkpoint summedUp) {
        state.forget(summedUp);
    }
}
