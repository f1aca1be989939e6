package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who runs the log, as far as a member knows.
 *
 * @param leader null while nobody leads
 * @param voters for whoever joins: whom to ask first
 * @param electors of whom a majority is needed from now on, though some of them may not be known to all others yet
 * @param votes whether this member votes. One that leaves should stay until it does no longer, or a second one that leaves may
 *     take the majority along
 */
public record TopologyStanding(@Nullable NodeId leader, List<NodeId> voters, List<NodeId> electors, boolean votes) {

    /** Keeps unmodifiable copies. */
    public TopologyStanding {
        voters = List.copyOf(voters);
        electors = List.copyOf(electors);
    }
}
