package dev.hypercache.topology.raft;

import dev.hypercache.spi.topology.TopologyLog;
import java.util.List;

/** The contract where the first member alone votes and the others follow by pages. */
final class FollowingTopologyLogTest extends RaftLogContract {

    @Override
    protected List<TopologyLog> openRing(int members) {
        return open(false, members, 1);
    }
}
