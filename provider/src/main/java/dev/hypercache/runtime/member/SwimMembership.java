package dev.hypercache.runtime.member;

import dev.hypercache.core.member.MemberEvent;
import dev.hypercache.core.member.MemberObserver;
import dev.hypercache.core.member.Swim;
import dev.hypercache.core.member.SwimPace;
import dev.hypercache.core.message.Belief;
import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.core.message.Message;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.membership.MemberAdvice;
import dev.hypercache.spi.membership.MemberHealth;
import dev.hypercache.spi.membership.MembershipListener;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Failure detection by probes and gossip: {@link Swim} behind one lock.
 *
 * <p>Under the lock nothing is called that may wait: messages leave and advice is told after it was given back. Frames that are
 * signs of life take no lock; the next {@link #tick} looks at them.
 */
public final class SwimMembership implements NodeMembership {

    private final Ground ground;
    private final NodeLog log;
    private final MemberMetrics metrics;
    private final AdviceBoard board;
    private final Swim swim;
    private final HeardTimes heardTimes = new HeardTimes();
    private final List<Letter> letters = new ArrayList<>();
    private final Map<Integer, NodeId> members = new TreeMap<>();
    private final Map<Integer, MemberHealth> logged = new HashMap<>();

    private final class Finding implements MemberObserver {
        @Override
        public void happened(MemberEvent event) {
            metrics.happened(event);
        }

        @Override
        public void believed(Belief belief) {
            found(belief);
        }
    }

    private SwimMembership(Ground ground, SwimPace pace, MetricSet metrics, NodeLog log) {
        this.ground = ground;
        this.log = log;
        this.metrics = new MemberMetrics(metrics);
        this.board = new AdviceBoard(log);
        this.swim = new Swim(
                ground.self(),
                pace,
                (to, message) -> letters.add(new Letter(to, message)),
                ground.dice(),
                new Finding());
    }

    /**
     * Makes one.
     *
     * @param ground what the node has for it
     * @param pace how it watches
     * @param metrics those of the node
     * @param log tells when a member's health changes
     */
    public static SwimMembership create(Ground ground, SwimPace pace, MetricSet metrics, NodeLog log) {
        return new SwimMembership(
                Objects.requireNonNull(ground, "ground"),
                Objects.requireNonNull(pace, "pace"),
                Objects.requireNonNull(metrics, "metrics"),
                Objects.requireNonNull(log, "log"));
    }

    @Override
    public void start(MembershipListener listener) {
        board.start(Objects.requireNonNull(listener, "listener"));
        metrics.start();
    }

    @Override
    public void watch(Collection<Peer> peers) {
        if (!board.isStarted()) {
            throw new IllegalStateException("a membership is started before it watches anybody");
        }
        Map<Integer, NodeId> watched = new HashMap<>();
        for (Peer peer : peers) {
            int shortId = ground.shortIds().applyAsInt(peer.id());
            if (shortId >= 0 && shortId != ground.self()) {
                watched.put(shortId, peer.id());
            }
        }
        work(now -> watch(watched, now));
    }

    private void watch(Map<Integer, NodeId> watched, long now) {
        members.clear();
        members.putAll(watched);
        logged.keySet().retainAll(watched.keySet());
        heardTimes.watch(watched.keySet());
        board.retain(new HashSet<>(watched.values()));
        swim.watch(watched.keySet(), now);
    }

    @Override
    public void tick() {
        work(now -> {
            heardTimes.look(members.keySet(), (member, atMillis) -> swim.heard(member, atMillis, now));
            swim.tick(now);
        });
    }

    @Override
    public boolean receive(int sender, Message message) {
        if (!(message instanceof GossipMessage gossip)) {
            return false;
        }
        work(now -> swim.receive(sender, gossip, now));
        return true;
    }

    @Override
    public void heard(int member) {
        heardTimes.heard(member, ground.steadyMillis().getAsLong());
    }

    @Override
    public void lost(int member) {
        work(now -> swim.lost(member, now));
    }

    private void work(LongConsumer work) {
        for (Letter letter : guarded(work)) {
            ground.out().send(letter.to(), letter.message());
        }
        board.tellAll();
    }

    private synchronized List<Letter> guarded(LongConsumer work) {
        if (!board.isStarted() || board.isClosed()) {
            return List.of();
        }
        work.accept(ground.steadyMillis().getAsLong());
        metrics.look(swim);
        List<Letter> leaving = letters.isEmpty() ? List.of() : List.copyOf(letters);
        letters.clear();
        return leaving;
    }

    private void found(Belief belief) {
        NodeId member = members.get(belief.member());
        if (member == null) {
            return;
        }
        int observers = Math.max(1, belief.observers().size());
        board.put(new MemberAdvice(member, belief.health(), observers));
        if (logged.put(belief.member(), belief.health()) != belief.health()) {
            log.info("membership")
                    .addKeyValue("member", member)
                    .addKeyValue("observers", belief.observers())
                    .log("Member {} is {}.", member, wordFor(belief.health()));
        }
    }

    private static String wordFor(MemberHealth health) {
        return switch (health) {
            case ALIVE -> "alive again";
            case SUSPECT -> "suspected: it does not answer";
            case DEAD -> "taken for dead: it did not answer in time";
        };
    }

    @Override
    public void close() {
        board.close();
    }
}
