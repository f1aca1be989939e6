package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * One seed: members append and ask while links are cut, one way or both, frames are lost and overtake each other, and members
 * die and are replaced under new ids. Then peace, in which all must find together.
 */
final class Chaos {

    /** What came of a seed. */
    record Result(
            long seed,
            List<String> violations,
            int acknowledged,
            int rebuilds,
            int levers,
            long healMillis,
            long hash) {}

    private static final int MEMBERS_MIN = 5;
    private static final int ROUNDS = 12;
    private static final long SETTLE_MILLIS = 20_000;

    private final long seed;
    private final Lab lab;
    private final Random random;
    private final List<String> violations = new ArrayList<>();
    private final List<NodeId> foundingVoters = new ArrayList<>();
    private int ids;
    private int proposals;
    private int members;
    private int rebuilds;
    private int levers;

    Chaos(long seed, Cures cures) {
        this.seed = seed;
        this.lab = new Lab(seed, cures);
        this.random = lab.random;
    }

    Result run() {
        begin();
        for (int round = 0; round < ROUNDS && violations.isEmpty(); round++) {
            int kind = random.nextInt(10);
            if (kind < 4) {
                cut();
            } else if (kind < 7) {
                replace();
            } else {
                work(300 + random.nextInt(700));
            }
        }
        long healMillis = end();
        for (LabNode node : lab.live()) {
            count(node);
        }
        violations.addAll(lab.ledger.check());
        lab.live().forEach(LabNode::crash);
        return new Result(seed, violations, lab.ledger.acknowledgements(), rebuilds, levers, healMillis, lab.hash());
    }

    private void begin() {
        int weather = random.nextInt(3);
        lab.lossPercent = weather == 0 ? 0 : weather == 1 ? 1 : 5;
        lab.inOrder = weather < 2;
        int founders = 1 + random.nextInt(5);
        List<LabNode> founded = lab.found(founders);
        ids = founders;
        foundingVoters.addAll(RaftTopologyOptions.votersAmong(TopologyScenarios.ids(founded)));
        members = MEMBERS_MIN + random.nextInt(3);
        require(lab.until(SETTLE_MILLIS, () -> lab.leader() != null), "no first leader");
        while (violations.isEmpty() && lab.live().size() < members) {
            admit();
        }
        settle();
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise + " at " + lab.nowMillis() + ": " + lab.live());
        }
    }

    /** A control plane's work: by whoever can, over and over. */
    private boolean decree(String change) {
        long end = lab.nowMillis() + SETTLE_MILLIS;
        while (lab.nowMillis() < end) {
            if (lab.append(anybody(), change, 2_000)) {
                return true;
            }
        }
        require(false, "nobody could append " + change);
        return false;
    }

    private LabNode anybody() {
        List<LabNode> live = lab.live();
        return live.get(random.nextInt(live.size()));
    }

    private void admit() {
        NodeId id = Lab.id(++ids);
        if (decree("+ " + id)) {
            LabNode host = Objects.requireNonNull(
                    lab.live().stream()
                            .filter(node -> node.roster().members().contains(id))
                            .findAny()
                            .orElse(null),
                    "host");
            lab.join(id, foundingVoters, host).checkpointEvery(20 + random.nextInt(80));
        }
    }

    /** Waits until those vote that should, so that the next death does not meet another one's. */
    private void settle() {
        require(
                lab.until(SETTLE_MILLIS, () -> {
                    LabNode leader = lab.leader();
                    List<NodeId> live = TopologyScenarios.ids(lab.live());
                    return leader != null
                            && live.containsAll(leader.voters())
                            && leader.voters().size() >= Electorate.target(live.size());
                }),
                "voters did not settle");
    }

    private void replace() {
        LabNode dead = anybody();
        if (random.nextBoolean()) {
            dead = Objects.requireNonNullElse(lab.leader(), dead);
        }
        count(dead);
        dead.crash();
        work(random.nextInt(1_500));
        if (decree("- " + dead.id())) {
            admit();
            settle();
        }
    }

    private void count(LabNode node) {
        rebuilds += node.rebuilds();
        levers += node.levers().size();
    }

    private void cut() {
        List<LabNode> all = new ArrayList<>(lab.live());
        Collections.shuffle(all, random);
        LabNode leader = lab.leader();
        if (leader != null && random.nextBoolean()) {
            all.remove(leader);
            all.add(0, leader);
        }
        int here = 1 + random.nextInt(2);
        for (LabNode one : all.subList(0, here)) {
            for (LabNode other : all.subList(here, all.size())) {
                boolean bothWays = random.nextInt(4) > 0;
                boolean outwards = random.nextBoolean();
                lab.cut(List.of(outwards ? one : other), List.of(outwards ? other : one), bothWays);
            }
        }
        work(500 + random.nextInt(2_500));
        lab.heal();
        work(random.nextInt(750));
    }

    /** Everybody appends and asks for so long. */
    private void work(long millis) {
        long end = lab.nowMillis() + millis;
        while (lab.nowMillis() < end) {
            lab.run(2 + random.nextInt(12));
            for (LabNode node : lab.live()) {
                int often = node.isLeader() ? 60 : 4;
                if (random.nextInt(100) < often) {
                    node.propose("change " + ++proposals, 400);
                }
                if (random.nextInt(100) < 10) {
                    node.barrier(400);
                }
            }
        }
    }

    private long end() {
        lab.heal();
        long healed = lab.nowMillis();
        int before = lab.ledger.acknowledgements();
        require(
                lab.until(SETTLE_MILLIS, () -> {
                    work(10);
                    return lab.ledger.acknowledgements() > before;
                }),
                "nothing appended after the last heal");
        long took = lab.nowMillis() - healed;
        work(2_000);
        lab.run(1_000);
        require(lab.until(SETTLE_MILLIS, this::isTogether), "not converged");
        for (LabNode node : lab.live()) {
            require(lab.append(node, "last of " + node.id(), SETTLE_MILLIS), node.id() + " cannot append");
        }
        require(lab.until(SETTLE_MILLIS, this::isTogether), "not converged at last");
        return took;
    }

    /** All know all, and the engines of those who vote do so without pages. */
    private boolean isTogether() {
        LabNode leader = lab.leader();
        if (leader == null || !lab.isEqual()) {
            return false;
        }
        List<NodeId> voters = leader.voters();
        return lab.live().stream().filter(node -> voters.contains(node.id())).allMatch(node -> {
            Engine engine = node.log().parts().host().active();
            return engine != null && engine.machine().lastIndex() == lab.ledger.last();
        });
    }
}
