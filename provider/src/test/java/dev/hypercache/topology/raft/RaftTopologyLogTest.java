package dev.hypercache.topology.raft;

import dev.hypercache.spi.topology.TopologyLog;
import java.util.List;

/** The contract where every member votes. */
final class RaftTopologyLogTest extends RaftLogContract {

    @Override
    protected List<TopologyLog> openRing(int members) {
        return open(false, members, members == 2 ? 3 : members);
    }
}
