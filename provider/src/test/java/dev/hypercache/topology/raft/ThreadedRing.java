package dev.hypercache.topology.raft;

import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.topology.TopologyLog;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Logs of one JVM in real time, each with a thread of its own, over a network in memory that may be bad. */
final class ThreadedRing implements AutoCloseable {

    private static final RingId RING = new RingId(new UUID(7, 7), 1);

    private final Map<NodeId, RaftTopologyLog> logs = new ConcurrentHashMap<>();
    private final List<EngineThread> threads = new ArrayList<>();
    private final ScheduledExecutorService network = Executors.newSingleThreadScheduledExecutor();
    private final Random random;
    private final boolean bad;

    ThreadedRing(boolean bad, long seed) {
        this.bad = bad;
        this.random = new Random(seed);
    }

    static NodeId id(int number) {
        return new NodeId("n" + number, new Incarnation(number));
    }

    /** Makes so many logs, of which the first vote. */
    List<TopologyLog> open(int members, int voters) {
        List<NodeId> ids = new ArrayList<>();
        for (int i = 1; i <= members; i++) {
            ids.add(id(i));
        }
        List<TopologyLog> opened = new ArrayList<>();
        for (NodeId self : ids) {
            RaftTopologyOptions options = new RaftTopologyOptions(self, RING, ids.subList(0, voters), ids, null, null);
            EngineThread thread = EngineThread.create(self.name());
            threads.add(thread);
            RaftTopologyLog log = new RaftTopologyLog(
                    options,
                    new RaftPorts(
                            (to, frame) -> send(self, to, frame),
                            thread,
                            new Random(random.nextLong()),
                            TopologyObserver.NONE));
            logs.put(self, log);
            opened.add(log);
        }
        return opened;
    }

    private void send(NodeId from, NodeId to, Payload frame) {
        ByteBuffer bytes = ByteBuffer.wrap(frame.toBytes());
        synchronized (random) {
            if (bad && random.nextInt(50) == 0) {
                return;
            }
            long micros = bad ? random.nextInt(3_000) : 0;
            network.schedule(() -> deliver(from, to, bytes), micros, TimeUnit.MICROSECONDS);
        }
    }

    private void deliver(NodeId from, NodeId to, ByteBuffer bytes) {
        RaftTopologyLog log = logs.get(to);
        if (log != null) {
            log.receive(from, bytes);
        }
    }

    @Override
    public void close() {
        logs.values().forEach(RaftTopologyLog::close);
        network.shutdownNow();
        threads.forEach(EngineThread::close);
    }
}
