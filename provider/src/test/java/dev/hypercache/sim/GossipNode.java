package dev.hypercache.sim;

import dev.hypercache.core.member.MemberEvent;
import dev.hypercache.core.member.MemberObserver;
import dev.hypercache.core.member.Swim;
import dev.hypercache.core.member.SwimPace;
import dev.hypercache.core.message.Belief;
import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.spi.membership.MemberHealth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** One member of a {@link GossipRing}: the machine, its timer, and what may be wrong with its process. */
final class GossipNode implements MemberObserver {

    private static final int TICK_MILLIS = 50;

    /** When this node came to believe something of another member. */
    record Found(int member, MemberHealth health, long atMillis) {}

    private final int id;
    private final GossipRing ring;
    private final Chance chance;
    private final Swim swim;
    private final Map<MemberEvent, Integer> counts = new EnumMap<>(MemberEvent.class);
    private final Map<Integer, Belief> beliefs = new HashMap<>();
    private final List<Found> found = new ArrayList<>();
    private final Queue<Runnable> backlog = new ArrayDeque<>();
    private boolean crashed;
    private boolean paused;
    private long slowMillis;

    GossipNode(int id, GossipRing ring, SwimPace pace, Chance chance) {
        this.id = id;
        this.ring = ring;
        this.chance = chance;
        this.swim =
                new Swim(id, pace, (to, message) -> ring.send(this, to, (GossipMessage) message), chance::below, this);
    }

    int id() {
        return id;
    }

    Swim swim() {
        return swim;
    }

    void start() {
        ring.queue().after(chance.below(TICK_MILLIS * 1_000), this::tick);
    }

    private void tick() {
        if (crashed) {
            return;
        }
        ring.queue().after(TICK_MILLIS * 1_000L + chance.below(20_000), this::tick);
        if (!paused) {
            swim.tick(now());
        }
    }

    private long now() {
        return ring.queue().nowMillis();
    }

    /** Something that came in; a process that stands still looks at it later. */
    void arrive(int from, GossipMessage message) {
        Runnable reading = () -> {
            if (!crashed) {
                swim.receive(from, message, now());
            }
        };
        if (paused) {
            backlog.add(reading);
        } else if (slowMillis > 0) {
            ring.queue().afterMillis(slowMillis, reading);
        } else {
            reading.run();
        }
    }

    void crash() {
        crashed = true;
    }

    boolean isCrashed() {
        return crashed;
    }

    /** The process stands still, as it does while its memory is cleaned up. */
    void pause(long millis) {
        paused = true;
        ring.queue().afterMillis(millis, this::resume);
    }

    private void resume() {
        paused = false;
        if (chance.happens(0.5)) {
            swim.tick(now());
        }
        for (Runnable next = backlog.poll(); next != null; next = backlog.poll()) {
            next.run();
        }
    }

    /** Looks at everything that comes in so much later. */
    void slow(long millis) {
        slowMillis = millis;
    }

    @Override
    public void happened(MemberEvent event) {
        counts.merge(event, 1, Integer::sum);
    }

    @Override
    public void believed(Belief belief) {
        Belief before = beliefs.put(belief.member(), belief);
        if (before == null || before.health() != belief.health()) {
            found.add(new Found(belief.member(), belief.health(), now()));
        }
    }

    int count(MemberEvent event) {
        return counts.getOrDefault(event, 0);
    }

    /** How many members are known here to have found the same of a member. */
    int observers(int member) {
        Belief belief = beliefs.get(member);
        return belief == null ? 0 : belief.observers().size();
    }

    List<Found> found() {
        return found;
    }
}
