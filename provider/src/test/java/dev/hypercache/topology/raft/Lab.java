package dev.hypercache.topology.raft;

import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.topology.TopologyPage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Members of a ring in virtual time, on one thread, over a network as bad as wanted. One seed, one history. */
final class Lab {

    static final RingId RING = new RingId(new UUID(1, 2), 1);

    private record Event(
            long atMicros, long number, @Nullable NodeId at, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMicros, other.atMicros);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    final Random random;
    final LabLedger ledger = new LabLedger();
    final Cures cures;
    int lossPercent;
    int latencyMillis;
    boolean inOrder = true;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<NodeId, LabNode> nodes = new LinkedHashMap<>();
    private final Set<String> cuts = new HashSet<>();
    private final Map<String, Long> lastArrival = new HashMap<>();
    private long nowMicros;
    private long numbers;
    private long hash = 17;

    Lab(long seed) {
        this(seed, Cures.ALL);
    }

    Lab(long seed, Cures cures) {
        this.random = new Random(seed);
        this.cures = cures;
    }

    static NodeId id(int number) {
        return new NodeId("v" + number, new Incarnation(number));
    }

    /** Members 1 to n found a ring; the founding change names them. */
    List<LabNode> found(int members) {
        List<NodeId> ids = new ArrayList<>();
        for (int i = 1; i <= members; i++) {
            ids.add(id(i));
        }
        Payload founding = LabRoster.founding(ids);
        List<LabNode> founders = new ArrayList<>();
        for (NodeId self : ids) {
            founders.add(start(RaftTopologyOptions.founder(self, RING, ids, founding)));
        }
        return founders;
    }

    /** Members begin a further generation on a state of the one before. */
    List<LabNode> reform(List<NodeId> ids, long index, LabRoster base) {
        List<LabNode> reformers = new ArrayList<>();
        for (NodeId self : ids) {
            reformers.add(start(RaftTopologyOptions.reformer(
                    self, RING.reformed(), ids, new TopologyPage.Checkpoint(index, base.encode()), payload("reform"))));
        }
        return reformers;
    }

    /** A member that was admitted begins from what another one knows. */
    LabNode join(NodeId self, List<NodeId> foundingVoters, LabNode host) {
        List<NodeId> contacts = new ArrayList<>(host.log().parts().signs().voters());
        contacts.add(host.id());
        TopologyPage.Checkpoint checkpoint =
                new TopologyPage.Checkpoint(host.index(), host.roster().encode());
        return start(RaftTopologyOptions.joiner(self, host.ring(), foundingVoters, contacts, checkpoint));
    }

    private LabNode start(RaftTopologyOptions options) {
        LabNode node = new LabNode(this, options);
        nodes.put(node.id(), node);
        node.start();
        return node;
    }

    long nowMillis() {
        return nowMicros / 1_000;
    }

    /** Something that happens unless the node is dead by then. */
    void after(long micros, @Nullable NodeId at, Runnable action) {
        events.add(new Event(nowMicros + Math.max(0, micros), ++numbers, at, action));
    }

    EngineTimer timerOf(NodeId node) {
        return new EngineTimer() {
            @Override
            public long nowMillis() {
                return Lab.this.nowMillis();
            }

            @Override
            public boolean execute(Runnable task) {
                after(0, node, task);
                return true;
            }

            @Override
            public void schedule(Runnable task, long delayMicros) {
                after(delayMicros, node, task);
            }
        };
    }

    void send(NodeId from, NodeId to, Payload frame) {
        byte[] bytes = frame.toBytes();
        hash = hash * 31 + Arrays.hashCode(bytes) + nowMicros;
        String link = from + ">" + to;
        if (cuts.contains(link) || random.nextInt(100) < lossPercent) {
            return;
        }
        long delay = latencyMillis * 1_000L + 300 + random.nextInt(inOrder ? 2_000 : 5_000);
        if (inOrder) {
            long arrival = Math.max(nowMicros + delay, lastArrival.getOrDefault(link, 0L));
            lastArrival.put(link, arrival);
            delay = arrival - nowMicros;
        }
        after(delay, to, () -> {
            LabNode receiver = nodes.get(to);
            if (receiver != null) {
                receiver.log().receive(from, java.nio.ByteBuffer.wrap(bytes));
            }
        });
    }

    void run(long millis) {
        long end = nowMicros + millis * 1_000;
        while (!events.isEmpty() && events.peek().atMicros <= end) {
            step();
        }
        nowMicros = end;
    }

    private void step() {
        Event event = events.remove();
        nowMicros = event.atMicros;
        LabNode node = event.at == null ? null : nodes.get(event.at);
        if (event.at == null || node != null && node.isUp()) {
            event.action.run();
        }
    }

    /** Lets time pass until something holds; false if it does not in so many milliseconds. */
    boolean until(long millis, BooleanSupplier condition) {
        long end = nowMicros + millis * 1_000;
        while (!condition.getAsBoolean()) {
            if (nowMicros >= end) {
                return false;
            }
            run(10);
        }
        return true;
    }

    void cut(Collection<LabNode> here, Collection<LabNode> there, boolean bothWays) {
        for (LabNode one : here) {
            for (LabNode other : there) {
                cuts.add(one.id() + ">" + other.id());
                if (bothWays) {
                    cuts.add(other.id() + ">" + one.id());
                }
            }
        }
    }

    void isolate(LabNode node) {
        cut(
                List.of(node),
                nodes.values().stream().filter(other -> other != node).toList(),
                true);
    }

    void heal() {
        cuts.clear();
    }

    List<LabNode> live() {
        return nodes.values().stream().filter(LabNode::isUp).toList();
    }

    @Nullable
    LabNode leader() {
        LabNode best = null;
        for (LabNode node : live()) {
            boolean isLater = best == null || node.term() > best.term();
            best = node.isLeader() && isLater ? node : best;
        }
        return best;
    }

    /** Whether all that live know the same, and that is all that is known. */
    boolean isEqual() {
        return live().stream().allMatch(node -> node.index() == ledger.last());
    }

    /** Appends by any means, as a control plane does: looks, proposes, and looks again. */
    boolean append(LabNode author, String change, long millis) {
        LabAppend append = new LabAppend(author, change);
        return until(millis, () -> append.isDone(nowMillis()));
    }

    long hash() {
        return hash;
    }

    static Payload payload(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
