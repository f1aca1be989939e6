package dev.hypercache.sim;

import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Breaks what a ring must withstand, and mends it again. */
final class Chaos {

    private final SimRing ring;
    private final Mover mover;
    private final Suspicions suspicions;
    private final Chance chance;
    private final Faults faults;
    private int count;
    private boolean over;

    /** Which kinds of faults happen. */
    record Faults(boolean weather, boolean partitions, boolean crashes, boolean switches, boolean lies) {
        static Faults none() {
            return new Faults(false, false, false, false, false);
        }

        static Faults all() {
            return new Faults(true, true, true, true, true);
        }
    }

    Chaos(SimRing ring, Mover mover, Suspicions suspicions, Chance chance, Faults faults) {
        this.ring = ring;
        this.mover = mover;
        this.suspicions = suspicions;
        this.chance = chance;
        this.faults = faults;
    }

    int count() {
        return count;
    }

    void start() {
        List<Runnable> kinds = kinds();
        if (!kinds.isEmpty()) {
            next(kinds);
        }
    }

    private void next(List<Runnable> kinds) {
        ring.queue().afterMillis(chance.between(50, 1_200), () -> {
            if (!over) {
                chance.oneOf(kinds).run();
                next(kinds);
            }
        });
    }

    private List<Runnable> kinds() {
        List<Runnable> kinds = new ArrayList<>();
        if (faults.weather) {
            kinds.add(this::storm);
            kinds.add(this::slowDown);
        }
        if (faults.partitions) {
            kinds.addAll(List.of(this::partition, this::bridge, this::cutOneWay, this::pause, this::isolateLeader));
        }
        if (faults.crashes) {
            kinds.addAll(List.of(this::crash, this::crashLeader));
        }
        if (faults.switches) {
            kinds.addAll(List.of(this::move, this::move, this::handOver, this::stallTopology));
        }
        if (faults.lies) {
            kinds.addAll(List.of(this::slander, this::slander, this::jump));
        }
        return kinds;
    }

    /** Everything works again from now on. */
    void end() {
        over = true;
        ring.network().weather(0, 0, false);
        ring.topology().stall(false);
        for (SimNode node : ring.live()) {
            suspicions.slander(node.id(), new BitSet());
            ring.network().slowDown(node.id(), false);
            node.resume();
        }
    }

    /** Does something now and undoes it later, also if everything ends before. */
    private void during(long millis, Runnable begin, Runnable end) {
        count++;
        begin.run();
        ends.add(end);
        ring.queue().afterMillis(millis, () -> {
            if (ends.remove(end)) {
                end.run();
            }
        });
    }

    private final List<Runnable> ends = new ArrayList<>();

    void mend() {
        List<Runnable> open = new ArrayList<>(ends);
        ends.clear();
        open.forEach(Runnable::run);
        end();
    }

    private void storm() {
        double loss = chance.below(30) / 100.0;
        double duplication = chance.below(20) / 100.0;
        boolean reorders = chance.happens(0.7);
        during(
                chance.between(200, 4_000),
                () -> ring.network().weather(loss, duplication, reorders),
                () -> ring.network().weather(0, 0, false));
    }

    private void slowDown() {
        int node = anybody().id();
        during(
                chance.between(200, 4_000),
                () -> ring.network().slowDown(node, true),
                () -> ring.network().slowDown(node, false));
    }

    private void partition() {
        List<SimNode> here = new ArrayList<>();
        List<SimNode> there = new ArrayList<>();
        ring.live().forEach(node -> (chance.happens(0.5) ? here : there).add(node));
        separate(here, there, true);
    }

    /** Two halves that see each other only through one node between them. */
    private void bridge() {
        List<SimNode> live = new ArrayList<>(ring.live());
        live.remove(chance.below(live.size()));
        int half = live.size() / 2;
        separate(live.subList(0, half), live.subList(half, live.size()), true);
    }

    private void cutOneWay() {
        SimNode one = anybody();
        List<SimNode> others = new ArrayList<>(ring.live());
        others.removeIf(other -> other == one || chance.happens(0.4));
        boolean outwards = chance.happens(0.5);
        separate(outwards ? List.of(one) : others, outwards ? others : List.of(one), false);
    }

    private void isolateLeader() {
        SimNode leader = leaderOfAny();
        List<SimNode> others = new ArrayList<>(ring.live());
        others.remove(leader);
        separate(List.of(leader), others, chance.happens(0.7));
    }

    private void separate(List<SimNode> some, List<SimNode> others, boolean bothWays) {
        List<SimNode> here = List.copyOf(some);
        List<SimNode> there = List.copyOf(others);
        during(chance.between(100, chance.happens(0.2) ? 8_000 : 2_500), () -> cut(here, there, bothWays), () -> {
            heal(here, there, bothWays);
        });
    }

    private void cut(List<SimNode> here, List<SimNode> there, boolean bothWays) {
        for (SimNode one : here) {
            for (SimNode other : there) {
                ring.network().cut(one.id(), other.id());
                if (bothWays) {
                    ring.network().cut(other.id(), one.id());
                }
            }
        }
    }

    private void heal(List<SimNode> here, List<SimNode> there, boolean bothWays) {
        for (SimNode one : here) {
            for (SimNode other : there) {
                ring.network().heal(one.id(), other.id());
                if (bothWays) {
                    ring.network().heal(other.id(), one.id());
                }
            }
        }
    }

    private void pause() {
        SimNode node = chance.happens(0.5) ? anybody() : leaderOfAny();
        if (!node.isPaused()) {
            during(chance.between(50, chance.happens(0.15) ? 30_000 : 3_000), node::pause, node::resume);
        }
    }

    private void crash() {
        crash(anybody());
    }

    private void crashLeader() {
        crash(leaderOfAny());
    }

    private void crash(SimNode node) {
        if (ring.survives(node) && ring.live().size() > 2) {
            count++;
            node.crash();
            ring.queue().afterMillis(chance.between(100, 3_000), () -> {
                SimNode successor = ring.add();
                mover.replace(node.id(), successor.id());
            });
        }
    }

    private void move() {
        int slot = chance.below(ring.topology().slots());
        SlotConfiguration now = ring.topology().of(slot);
        int from = now.voters().get(chance.below(now.voters().size()));
        count += mover.move(slot, from, anybody().id()) ? 1 : 0;
    }

    private void handOver() {
        int slot = chance.below(ring.topology().slots());
        for (SimNode node : ring.live()) {
            SlotMachine machine = node.machine(slot);
            if (machine != null && machine.isServing()) {
                count++;
                ring.coverage().count("HAND_OVER");
                node.perform(() -> machine.handOver(node.clock().steadyMillis()));
                return;
            }
        }
    }

    private void stallTopology() {
        during(
                chance.between(200, 4_000),
                () -> ring.topology().stall(true),
                () -> ring.topology().stall(false));
    }

    private void slander() {
        SimNode observer = anybody();
        BitSet others = new BitSet();
        ring.live().stream().filter(node -> chance.happens(0.4)).forEach(node -> others.set(node.id()));
        during(
                chance.between(100, 2_500),
                () -> suspicions.slander(observer.id(), others),
                () -> suspicions.slander(observer.id(), new BitSet()));
    }

    private void jump() {
        count++;
        anybody().clock().jump(chance.between(-400, 400));
    }

    private SimNode anybody() {
        return chance.oneOf(ring.live());
    }

    private SimNode leaderOfAny() {
        int slot = chance.below(ring.topology().slots());
        for (SimNode node : ring.live()) {
            Leadership leadership = node.serving(slot);
            if (leadership != null) {
                return node;
            }
        }
        return anybody();
    }
}
