package dev.hypercache.topology.raft;

import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.topology.TopologyLogContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The contract over rings of this engine, which need a majority: a witness votes where the contract leaves a member out. */
abstract class RaftLogContract extends TopologyLogContract {

    private final List<ThreadedRing> rings = new ArrayList<>();

    List<TopologyLog> open(boolean bad, int members, int voters) {
        ThreadedRing ring = new ThreadedRing(bad, 4711);
        rings.add(ring);
        List<TopologyLog> logs = ring.open(Math.max(members, voters), voters);
        logs.subList(members, logs.size()).forEach(witness -> witness.start(index -> {}));
        return logs.subList(0, members);
    }

    @AfterEach
    void closeRings() {
        rings.forEach(ThreadedRing::close);
    }
}
