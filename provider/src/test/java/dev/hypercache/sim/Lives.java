package dev.hypercache.sim;

import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.control.RemoveMember;
import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who dies and who comes: each death is followed by a start, under the old name or a new one. */
final class Lives {

    private final SimRing ring;
    private final Chance chance;
    private final List<SimNode> condemned = new ArrayList<>();
    private int names;
    private final List<NodeProfile> away = new ArrayList<>();
    private int coming;

    Lives(SimRing ring, Chance chance) {
        this.ring = ring;
        this.chance = chance;
    }

    /** What a process that starts says of itself. */
    NodeProfile profile(String name) {
        return new NodeProfile(name, chance.uuid(), new Address("host-of-" + name, 7400), 100, "");
    }

    String newName() {
        return "n" + (++names);
    }

    /** A node loses its memory; it returns and proves its former life dead, or the others remove it first. */
    void crash(SimNode node, Chance dice) {
        node.crash();
        if (dice.happens(0.6)) {
            start(node.name(), dice.between(100, 3_000));
        } else {
            condemned.add(node);
            start(dice.happens(0.5) ? node.name() : newName(), dice.between(500, 3_000));
        }
    }

    /** The others take a living node for dead. */
    void condemn(SimNode node) {
        condemned.add(node);
    }

    /** A node read that it is no member any more: it lays down what it holds and starts anew. */
    void expelled(SimNode node) {
        ring.coverage().count("EXPELLED");
        node.crash();
        start(node.name(), chance.between(100, 2_000));
    }

    private void start(String name, long afterMillis) {
        coming++;
        ring.queue().afterMillis(afterMillis, () -> {
            coming--;
            NodeProfile life = profile(name);
            away.add(life);
            ring.admit(life, () -> away.remove(life));
        });
    }

    /** Whether nobody is to come or to be removed. Who lives and would take a slot's majority along stays. */
    boolean isQuiet() {
        condemned.removeIf(node -> !isMember(node) || node.isUp() && !mayRemove(node));
        return coming == 0 && away.isEmpty() && condemned.isEmpty();
    }

    /** Incarnations that only the dead knew are given out again, so this very life must be meant. */
    private boolean isMember(SimNode node) {
        Member member = ring.topology().state().roster().member(node.nodeId());
        return member != null
                && member.profile().boot().equals(node.control().profile().boot());
    }

    private boolean mayRemove(SimNode node) {
        return TopologyPlanner.mayRemove(ring.topology().state(), node.nodeId());
    }

    /** A removal that is due and that the ring would withstand; null if there is none. */
    @Nullable
    RemoveMember removal() {
        condemned.removeIf(node -> !isMember(node));
        for (SimNode node : condemned) {
            boolean mayLive = ring.survives(node)
                    && ring.live().size() > 2
                    && ring.topology().letsGo(node.nodeId())
                    && mayRemove(node);
            if (!node.isUp() || mayLive) {
                return new RemoveMember(node.nodeId());
            }
        }
        return null;
    }

    static NodeId idOf(NodeControl control) {
        Member self = control.self();
        if (self == null) {
            throw new IllegalStateException(control.profile() + " is no member");
        }
        return self.id();
    }

    @Override
    public String toString() {
        return coming + " to come, " + away + " away, " + condemned + " condemned";
    }
}
