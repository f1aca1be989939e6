package dev.hypercache.sim;

import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import org.jspecify.annotations.Nullable;

/** The faults around the agreed state: slots that move, and nodes that hear of it late. */
final class TopologyMischief {

    private final SimRing ring;
    private final Mover mover;
    private final Mischief.Undoing undoing;
    private Chance chance = new Chance(0);

    TopologyMischief(SimRing ring, Mover mover, Mischief.Undoing undoing) {
        this.ring = ring;
        this.mover = mover;
        this.undoing = undoing;
    }

    /** The dice of the next fault. */
    void draw(Chance own) {
        chance = own;
    }

    @Nullable
    String move() {
        int slot = chance.below(ring.topology().slots());
        SlotConfiguration now = ring.topology().of(slot);
        int from = now.voters().get(chance.below(now.voters().size()));
        int to = chance.oneOf(ring.live()).id();
        return mover.move(slot, from, to) ? "slot " + slot + " moves from " + from + " to " + to : null;
    }

    @Nullable
    String drain() {
        SimNode node = chance.oneOf(ring.live());
        long staying = ring.topology().state().roster().members().stream()
                .filter(member -> !member.draining())
                .count();
        if (staying <= 3) {
            return null;
        }
        mover.drain(node);
        return node + " is to leave";
    }

    /** An operator wants more or fewer replicas. */
    String setReplicationFactor() {
        int replicas = (int) chance.between(chance.happens(0.2) ? 1 : 2, 5);
        mover.setReplicationFactor(replicas);
        return "slots are to have " + replicas + " replicas";
    }

    String goWild() {
        int steps = 1 + chance.below(6);
        mover.goWild(steps);
        return steps + " steps of no plan";
    }

    @Nullable
    String handOver() {
        int slot = chance.below(ring.topology().slots());
        for (SimNode node : ring.live()) {
            SlotMachine machine = node.machine(slot);
            if (machine != null && machine.isServing()) {
                ring.coverage().count("HAND_OVER");
                node.perform(() -> machine.handOver(node.clock().steadyMillis()));
                return node + " hands slot " + slot + " over";
            }
        }
        return null;
    }

    String stallTopology() {
        undoing.during(
                chance.between(200, 4_000),
                () -> ring.topology().stall(true),
                () -> ring.topology().stall(false));
        return "the topology log stalls";
    }

    /** One node reads nothing of the topology log while the others go on. */
    String deafen() {
        SimNode node = chance.happens(0.5) ? chance.oneOf(ring.live()) : ring.leaderOfAny(chance);
        long millis = chance.between(300, chance.happens(0.3) ? 8_000 : 3_000);
        deafen(node, millis);
        return node + " hears nothing of the topology log for " + millis + " ms";
    }

    private void deafen(SimNode node, long millis) {
        MemberLog log = node.control().log();
        undoing.during(millis, () -> log.deafen(true), () -> log.deafen(false));
    }

    /** A replica leaves a slot and comes back to it, and some of the voters read of it late. */
    @Nullable
    String moveAndBack() {
        int slot = chance.below(ring.topology().slots());
        MemberSet voters = ring.topology().of(slot).voters();
        int from = voters.get(chance.below(voters.size()));
        int to = chance.oneOf(ring.live()).id();
        if (!mover.move(slot, from, to)) {
            return null;
        }
        for (SimNode node : ring.live()) {
            if (voters.contains(node.id()) && chance.happens(0.4)) {
                deafen(node, chance.between(500, 6_000));
            }
        }
        for (int attempt = 0; attempt < 4; attempt++) {
            ring.queue().afterMillis(chance.between(200, 2_500), () -> mover.move(slot, to, from));
        }
        return "slot " + slot + " moves from " + from + " to " + to + " and back";
    }
}
