package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who runs the log, as far as a member knows.
 *
 * @param leader null while nobody leads
 * @param voters for whoever joins: whom to ask first
 * @param votes whether this member votes. One that leaves should stay until it does no longer, or a second one that leaves may
 *     take the majority along
 */
public record TopologyStanding(@Nullable NodeId leader, List<NodeId> voters, boolean votes) {

    /** Keeps an unmodifiable copy. */
    public TopologyStanding {
        voters = List.copyOf(voters);
    }
}
