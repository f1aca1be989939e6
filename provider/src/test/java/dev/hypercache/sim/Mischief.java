package dev.hypercache.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults themselves: each breaks something a ring must withstand, and says what; null if it made no sense just then. */
final class Mischief {

    /** Does something now and undoes it later, also if everything ends before. */
    interface Undoing {
        void during(long millis, Runnable begin, Runnable end);
    }

    private interface Fault {
        @Nullable
        String happen();
    }

    /** How many kinds of faults this one counts for where it happens at all. */
    private static final int CORRUPTIONS = 25;

    private static final int MASSACRES = 4;

    private final SimRing ring;
    private final Suspicions suspicions;
    private final Undoing undoing;
    private final TopologyMischief topology;
    private final Corruption corruption;
    private final Massacre massacre;
    private final boolean losing;
    private final List<Fault> kinds;
    private Chance chance = new Chance(0);

    Mischief(SimRing ring, Mover mover, Suspicions suspicions, SimCase what, Undoing undoing) {
        this.ring = ring;
        this.suspicions = suspicions;
        this.undoing = undoing;
        this.topology = new TopologyMischief(ring, mover, undoing);
        this.corruption = new Corruption(ring);
        this.massacre = new Massacre(ring);
        this.kinds = kinds(what.kinds());
        this.losing = what.loses();
        if (losing) {
            kinds.addAll(Collections.nCopies(MASSACRES, this::massacre));
            kinds.addAll(Collections.nCopies(2, this::decapitate));
            kinds.addAll(Collections.nCopies(2, topology::setReplicationFactor));
        }
        if (what.corrupts()) {
            kinds.addAll(Collections.nCopies(CORRUPTIONS, this::corrupt));
        }
    }

    boolean isPossible() {
        return !kinds.isEmpty();
    }

    /** One fault, all of whose dice are its own. */
    @Nullable
    String happen(Chance own) {
        chance = own;
        topology.draw(own);
        return ring.live().isEmpty() ? null : own.oneOf(kinds).happen();
    }

    private List<Fault> kinds(FaultKinds faults) {
        List<Fault> all = new ArrayList<>();
        if (faults.weather()) {
            all.add(this::storm);
            all.add(this::slowDown);
        }
        if (faults.partitions()) {
            all.addAll(List.of(this::partition, this::bridge, this::cutOneWay, this::pause, this::isolateLeader));
        }
        if (faults.crashes()) {
            all.addAll(List.of(this::crash, this::crashLeader));
        }
        if (faults.switches()) {
            all.addAll(List.of(
                    topology::move,
                    topology::move,
                    topology::goWild,
                    topology::drain,
                    topology::handOver,
                    topology::stallTopology,
                    topology::deafen,
                    topology::moveAndBack));
        }
        if (faults.lies()) {
            all.addAll(List.of(this::slander, this::coup, this::coup, this::condemn));
        }
        if (faults.clocks()) {
            all.add(this::jump);
        }
        return all;
    }

    private String storm() {
        double loss = chance.below(30) / 100.0;
        double duplication = chance.below(20) / 100.0;
        boolean reorders = chance.happens(0.7);
        undoing.during(
                chance.between(200, 4_000),
                () -> ring.network().weather(loss, duplication, reorders),
                () -> ring.network().weather(0, 0, false));
        return "storm: loss " + loss + ", duplication " + duplication + (reorders ? ", reordering" : "");
    }

    private String slowDown() {
        int node = anybody().id();
        undoing.during(
                chance.between(200, 4_000),
                () -> ring.network().slowDown(node, true),
                () -> ring.network().slowDown(node, false));
        return "node " + node + " is slow";
    }

    private String partition() {
        List<SimNode> here = new ArrayList<>();
        List<SimNode> there = new ArrayList<>();
        ring.live().forEach(node -> (chance.happens(0.5) ? here : there).add(node));
        return separate(here, there, true);
    }

    /** Two halves that see each other only through one node between them. */
    private String bridge() {
        List<SimNode> live = new ArrayList<>(ring.live());
        live.remove(chance.below(live.size()));
        int half = live.size() / 2;
        return separate(live.subList(0, half), live.subList(half, live.size()), true);
    }

    private String cutOneWay() {
        SimNode one = anybody();
        List<SimNode> others = new ArrayList<>(ring.live());
        others.removeIf(other -> other == one || chance.happens(0.4));
        boolean outwards = chance.happens(0.5);
        return separate(outwards ? List.of(one) : others, outwards ? others : List.of(one), false);
    }

    private String isolateLeader() {
        SimNode leader = ring.leaderOfAny(chance);
        List<SimNode> others = new ArrayList<>(ring.live());
        others.remove(leader);
        return separate(List.of(leader), others, chance.happens(0.7));
    }

    private String separate(List<SimNode> some, List<SimNode> others, boolean bothWays) {
        int[] here = some.stream().mapToInt(SimNode::id).toArray();
        int[] there = others.stream().mapToInt(SimNode::id).toArray();
        long millis = chance.between(100, chance.happens(0.2) ? 8_000 : 2_500);
        undoing.during(
                millis,
                () -> ring.network().cut(here, there, bothWays),
                () -> ring.network().heal(here, there, bothWays));
        return Arrays.toString(here) + (bothWays ? " cut off from " : " no more heard at ") + Arrays.toString(there)
                + " for " + millis + " ms";
    }

    private @Nullable String pause() {
        SimNode node = chance.happens(0.5) ? anybody() : ring.leaderOfAny(chance);
        if (node.isPaused()) {
            return null;
        }
        long millis = chance.between(50, chance.happens(0.15) ? 30_000 : 3_000);
        undoing.during(millis, node::pause, node::resume);
        return node + " pauses for " + millis + " ms";
    }

    private @Nullable String crash() {
        return crash(anybody());
    }

    private @Nullable String crashLeader() {
        return crash(ring.leaderOfAny(chance));
    }

    private @Nullable String crash(SimNode node) {
        if (!mayLose(node)) {
            return null;
        }
        ring.lives().crash(node, chance);
        return node + " crashes";
    }

    private @Nullable String condemn() {
        SimNode node = anybody();
        if (!mayLose(node)) {
            return null;
        }
        ring.lives().condemn(node);
        return node + " is taken for dead";
    }

    private boolean mayLose(SimNode node) {
        return ring.survives(node) && ring.live().size() > 2;
    }

    private String slander() {
        SimNode observer = anybody();
        BitSet others = new BitSet();
        ring.live().stream().filter(node -> chance.happens(0.4)).forEach(node -> others.set(node.id()));
        undoing.during(
                chance.between(100, 2_500),
                () -> suspicions.slander(observer.id(), others),
                () -> suspicions.slander(observer.id(), new BitSet()));
        return observer + " suspects " + others;
    }

    /** A leader is slow, and all others suspect it: it does not know for some time that it leads no more. */
    private String coup() {
        SimNode leader = ring.leaderOfAny(chance);
        long millis = chance.between(100, 2_500);
        long delay = chance.between(0, millis / 2);
        undoing.during(
                millis,
                () -> {
                    ring.network().slowDown(leader.id(), true);
                    ring.queue()
                            .afterMillis(
                                    delay, () -> accuse(leader, ring.network().isSlow(leader.id())));
                },
                () -> {
                    ring.network().slowDown(leader.id(), false);
                    accuse(leader, false);
                });
        return leader + " is slow, and the others suspect it";
    }

    private void accuse(SimNode leader, boolean isSuspected) {
        BitSet suspected = new BitSet();
        suspected.set(leader.id(), isSuspected);
        ring.live().stream()
                .filter(other -> other != leader)
                .forEach(other -> suspicions.slander(other.id(), suspected));
    }

    private String jump() {
        SimNode node = anybody();
        long most = chance.happens(0.5) ? 400 : chance.happens(0.5) ? 6_000 : 600_000;
        // A future that a lost majority had reached is a survivor's alone then, and nobody else believes it: not what
        // losses are about.
        long millis = losing ? chance.between(-400, 400) : chance.between(-most, most);
        node.clock().jump(millis);
        ring.leaderlessChecks().clockSet(millis);
        return "the clock of " + node + " jumps by " + millis + " ms";
    }

    private @Nullable String massacre() {
        return massacre.happen(chance);
    }

    private @Nullable String decapitate() {
        return massacre.decapitate(chance);
    }

    private @Nullable String corrupt() {
        return corruption.happen(chance);
    }

    private SimNode anybody() {
        return chance.oneOf(ring.live());
    }
}
