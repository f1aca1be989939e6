package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyChange;
import io.microraft.model.message.RaftMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What members tell each other about the log. */
sealed interface TopologyMessage {

    /** A message between the engines of two voters. */
    record OfEngine(RaftMessage message) implements TopologyMessage {}

    /**
     * A question to the leader.
     *
     * @param propose the change to append; null to ask for the last index
     */
    record Call(long number, LogOperation.@Nullable Propose propose) implements TopologyMessage {}

    /**
     * The answer to the call of that number.
     *
     * @param leader who leads as far as the answering node knows
     */
    record Answer(
            long number, LeaderAnswer answer, @Nullable NodeId leader) implements TopologyMessage {}

    /**
     * Asks for what the log holds from an index on.
     *
     * @param offset if the changes asked for are summed up in a checkpoint: from which byte on it is wanted
     */
    record Pull(long fromIndex, long checkpointIndex, int offset) implements TopologyMessage {}

    /**
     * Changes with successive indexes.
     *
     * @param lastIndex the last change that the answering node holds
     * @param voters who votes as far as it knows
     */
    record Page(long lastIndex, @Nullable NodeId leader, List<NodeId> voters, List<TopologyChange> changes)
            implements TopologyMessage {}

    /**
     * Some bytes of a checkpoint.
     *
     * @param index the last change that it sums up
     * @param length how many bytes the whole has
     */
    record CheckpointPart(long index, int length, int offset, Payload bytes) implements TopologyMessage {}
}
