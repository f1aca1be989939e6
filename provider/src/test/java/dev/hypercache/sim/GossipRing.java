package dev.hypercache.sim;

import dev.hypercache.core.member.MemberEvent;
import dev.hypercache.core.member.SwimPace;
import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.spi.membership.MemberHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Members that watch each other, on a network that loses, delays and cuts, in virtual time. */
final class GossipRing {

    private static final long DELAY_MICROS_MOST = 400_000;

    private final EventQueue queue = new EventQueue();
    private final Chance chance;
    private final List<GossipNode> nodes = new ArrayList<>();
    private double loss;
    private long delayMicros = 2_000;
    private BiPredicate<Integer, Integer> reaches = (from, to) -> true;
    private UnaryOperator<GossipMessage> wire = UnaryOperator.identity();

    GossipRing(int members, SwimPace pace, Chance chance) {
        this.chance = chance;
        List<Integer> ids = IntStream.rangeClosed(1, members).boxed().toList();
        for (int id : ids) {
            GossipNode node = new GossipNode(id, this, pace, chance.split());
            nodes.add(node);
            node.swim().watch(ids, 0);
            node.start();
        }
    }

    EventQueue queue() {
        return queue;
    }

    GossipNode node(int id) {
        return nodes.get(id - 1);
    }

    /** Those that did not crash. */
    List<GossipNode> live() {
        return nodes.stream().filter(node -> !node.isCrashed()).toList();
    }

    /** So many messages are lost, and the others take so long, some of them much longer. */
    void weather(double lossNow, long delayMicrosNow) {
        loss = lossNow;
        delayMicros = delayMicrosNow;
    }

    /** Only where it is true messages arrive. */
    void reach(BiPredicate<Integer, Integer> fromTo) {
        reaches = fromTo;
    }

    /** What becomes of each message on its way. */
    void wire(UnaryOperator<GossipMessage> change) {
        wire = change;
    }

    void send(GossipNode from, int to, GossipMessage message) {
        if (from.isCrashed() || !reaches.test(from.id(), to) || chance.happens(loss)) {
            return;
        }
        GossipMessage carried = wire.apply(message);
        long micros = 100 + Math.min(DELAY_MICROS_MOST, chance.tailed(delayMicros));
        queue.after(micros, () -> {
            if (!node(to).isCrashed()) {
                node(to).arrive(from.id(), carried);
            }
        });
    }

    void run(long millis) {
        queue.runUntil(queue.nowMicros() + millis * 1_000);
    }

    /** How often it happened, at all nodes together. */
    int count(MemberEvent event) {
        return nodes.stream().mapToInt(node -> node.count(event)).sum();
    }

    /** Whether every live node finds every other live one alive, and the others dead. */
    boolean isAgreed() {
        return live().stream().allMatch(this::isRight);
    }

    private boolean isRight(GossipNode node) {
        return nodes.stream()
                .filter(other -> other != node)
                .allMatch(other ->
                        node.swim().health(other.id()) == (other.isCrashed() ? MemberHealth.DEAD : MemberHealth.ALIVE));
    }
}
