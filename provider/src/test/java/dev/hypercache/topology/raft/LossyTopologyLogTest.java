package dev.hypercache.topology.raft;

import dev.hypercache.spi.topology.TopologyLog;
import java.util.List;

/** The contract over a network that loses one frame of fifty and delivers the others in any order. */
final class LossyTopologyLogTest extends RaftLogContract {

    @Override
    protected List<TopologyLog> openRing(int members) {
        return open(true, members, members == 2 ? 3 : members);
    }
}
