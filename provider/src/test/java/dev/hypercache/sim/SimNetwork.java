package dev.hypercache.sim;

import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RepairMessage;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Carries messages between nodes, as badly as it was told to. */
final class SimNetwork {

    /** Sees every message that is sent. */
    interface Tap {
        void sent(int from, int to, Message message);
    }

    private record Link(int from, int to) {}

    /** Beyond the time for which a mutation may be asked for again. */
    private static final long STRAGGLER_MICROS_MOST = 6_000_000;

    private final EventQueue queue;
    private final Chance chance;
    private final Tap tap;
    private final Map<Integer, SimNode> nodes = new LinkedHashMap<>();
    private final Map<Link, Integer> cuts = new LinkedHashMap<>();
    private final Set<Integer> slow = new LinkedHashSet<>();
    private final Map<Class<?>, Long> repairs = new LinkedHashMap<>();
    private double loss;
    private double duplication;
    private boolean reorders;

    SimNetwork(EventQueue queue, Chance chance, Tap tap) {
        this.queue = queue;
        this.chance = chance;
        this.tap = tap;
    }

    void add(SimNode node) {
        nodes.put(node.id(), node);
    }

    /** From now on so many messages are lost or repeated, and whether they overtake each other by far. */
    void weather(double newLoss, double newDuplication, boolean newReorders) {
        loss = newLoss;
        duplication = newDuplication;
        reorders = newReorders;
    }

    /** From now on nothing gets from here to there, nor back if so wanted. */
    void cut(int[] here, int[] there, boolean bothWays) {
        for (int one : here) {
            for (int other : there) {
                cut(one, other);
                if (bothWays) {
                    cut(other, one);
                }
            }
        }
    }

    /** Takes such a cut back. */
    void heal(int[] here, int[] there, boolean bothWays) {
        for (int one : here) {
            for (int other : there) {
                heal(one, other);
                if (bothWays) {
                    heal(other, one);
                }
            }
        }
    }

    private void cut(int from, int to) {
        cuts.merge(new Link(from, to), 1, Integer::sum);
    }

    private void heal(int from, int to) {
        cuts.computeIfPresent(new Link(from, to), (link, count) -> count == 1 ? null : count - 1);
    }

    /** How many messages of a kind were sent that replicas compare themselves by. */
    long sent(Class<? extends RepairMessage> kind) {
        return repairs.getOrDefault(kind, 0L);
    }

    void slowDown(int node, boolean isSlow) {
        if (isSlow) {
            slow.add(node);
        } else {
            slow.remove(node);
        }
    }

    boolean isSlow(int node) {
        return slow.contains(node);
    }

    /** Whether messages go both ways between two live nodes. */
    boolean isConnected(int one, int other) {
        SimNode peer = nodes.get(other);
        return peer != null
                && peer.isUp()
                && !peer.isPaused()
                && !cuts.containsKey(new Link(one, other))
                && !cuts.containsKey(new Link(other, one));
    }

    void send(int from, int to, Message message) {
        tap.sent(from, to, message);
        if (message instanceof RepairMessage) {
            repairs.merge(message.getClass(), 1L, Long::sum);
        }
        if (from == to) {
            deliverAfter(5, from, to, message);
            return;
        }
        if (cuts.containsKey(new Link(from, to)) || chance.happens(loss)) {
            return;
        }
        deliverAfter(delayMicros(from, to), from, to, message);
        if (chance.happens(duplication)) {
            long late = chance.happens(0.15) ? chance.between(0, STRAGGLER_MICROS_MOST) : 0;
            deliverAfter(delayMicros(from, to) * chance.between(1, 20) + late, from, to, message);
        }
    }

    /** Carries what is no message, as badly as messages. */
    void carry(int from, int to, Runnable arrival) {
        if (cuts.containsKey(new Link(from, to)) || chance.happens(loss)) {
            return;
        }
        queue.after(delayMicros(from, to), arrival);
        if (chance.happens(duplication)) {
            queue.after(delayMicros(from, to) * chance.between(1, 20), arrival);
        }
    }

    private long delayMicros(int from, int to) {
        long delay = 150 + chance.tailed(350);
        if (reorders && chance.happens(0.1)) {
            delay += chance.tailed(100_000);
        }
        return slow.contains(from) || slow.contains(to) ? delay + chance.tailed(150_000) : delay;
    }

    private void deliverAfter(long micros, int from, int to, Message message) {
        SimNode sender = nodes.get(from);
        long generation = sender == null ? 0 : sender.control().generation();
        queue.after(micros, () -> {
            SimNode receiver = nodes.get(to);
            if (receiver != null) {
                receiver.deliver(from, generation, message);
            }
        });
    }
}
