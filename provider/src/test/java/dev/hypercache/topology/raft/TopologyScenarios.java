package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Histories in which the bare engine stops for good; each tells whether the log went on. */
final class TopologyScenarios {

    private static final long LONG_MILLIS = 30_000;

    private TopologyScenarios() {}

    static LabNode leader(Lab lab) {
        lab.until(LONG_MILLIS, () -> lab.leader() != null);
        return Objects.requireNonNull(lab.leader(), "leader");
    }

    static List<LabNode> others(Lab lab, LabNode one) {
        return lab.live().stream().filter(node -> node != one).toList();
    }

    /** Each follower is cut off once and comes back, so that it forgets to stand for leader; then the leader dies (M2). */
    static boolean leaderDiesAfterBlips(Lab lab) {
        lab.found(3);
        LabNode leader = leader(lab);
        lab.append(leader, "first", LONG_MILLIS);
        for (LabNode follower : others(lab, leader)) {
            lab.cut(List.of(follower), others(lab, follower), true);
            for (int i = 0; i < 3; i++) {
                lab.append(leader, "during the blip of " + follower.id() + " " + i, LONG_MILLIS);
                lab.run(500);
            }
            lab.heal();
            lab.until(LONG_MILLIS, lab::isEqual);
            lab.run(750);
        }
        leader.crash();
        return lab.append(lab.live().get(0), "after", LONG_MILLIS);
    }

    /** A leader is cut off right behind its snapshot, with entries of its own behind it, and comes back as a follower (M1). */
    static boolean leaderIsDeposedBehindItsSnapshot(Lab lab) {
        lab.found(3);
        LabNode old = leader(lab);
        LabNode late =
                others(lab, old).get(0); // The engine keeps entries for who is a little late, not for who is far.
        for (int i = 0; snapshotIndex(old) == 0; i++) {
            lab.append(old, "change " + i, LONG_MILLIS);
            if (i == 50) {
                lab.isolate(late);
            }
        }
        lab.heal();
        lab.isolate(old);
        old.propose("lost", 300);
        lab.run(3_000);
        LabNode author = leader(lab);
        boolean isOn = author != old && lab.append(author, "on", LONG_MILLIS);
        lab.heal();
        return isOn
                && lab.until(LONG_MILLIS, () -> lab.isEqual() && old.has("on") && lab.leader() != null)
                && isHeldByEngine(lab, old);
    }

    /** Whether a member's own engine has what the leader's has, so that it was not the pages that brought it. */
    private static boolean isHeldByEngine(Lab lab, LabNode node) {
        return lab.until(LONG_MILLIS, () -> {
            Engine engine = node.log().parts().host().active();
            return engine != null && engine.machine().lastIndex() == lab.ledger.last();
        });
    }

    static long snapshotIndex(LabNode node) {
        return Objects.requireNonNull(node.log().parts().host().active(), "engine")
                .node()
                .getReport()
                .join()
                .getResult()
                .getLog()
                .getLastSnapshotIndex();
    }

    /** One node alone, with many entries behind its snapshot, takes a second voter in while changes go on (M3). */
    static boolean oneGrowsOverASlowNetwork(Lab lab) {
        LabNode first = lab.found(1).get(0);
        for (int i = 0; i < 80; i++) {
            lab.append(first, "change " + i, LONG_MILLIS);
        }
        lab.latencyMillis = 15;
        lab.append(first, "+ " + Lab.id(2), LONG_MILLIS);
        LabNode second = lab.join(Lab.id(2), ids(List.of(first)), first);
        for (int i = 0; i < 10; i++) {
            if (!lab.append(second, "grown " + i, 1_500)) {
                return false;
            }
        }
        return lab.until(LONG_MILLIS, () -> second.voters().size() == 2 && lab.isEqual());
    }

    /** The only voter left with all entries is terms behind the others (M7). */
    static boolean bestLogHasTheLowestTerm(Lab lab) {
        lab.found(3);
        LabNode leader = leader(lab);
        lab.append(leader, "known to all", LONG_MILLIS);
        lab.until(LONG_MILLIS, lab::isEqual);
        LabNode best = others(lab, leader).get(0);
        LabNode lagging = others(lab, leader).get(1);
        lab.cut(List.of(lagging), List.of(leader, best), true);
        lab.append(leader, "known to two", LONG_MILLIS);
        lab.until(LONG_MILLIS, () -> best.has("known to two"));
        raiseTerm(lagging, best.id(), best.term() + 7);
        leader.crash();
        lab.run(2_000);
        lab.heal();
        return lab.append(best, "after", LONG_MILLIS);
    }

    /** As elections that nobody answered would. */
    private static void raiseTerm(LabNode node, NodeId from, int term) {
        var request = EngineEntries.MODEL
                .createVoteRequestBuilder()
                .setGroupId(Lab.RING)
                .setSender(new EngineEndpoint(from))
                .setTerm(term)
                .setLastLogTerm(0)
                .setLastLogIndex(0)
                .setSticky(false)
                .build();
        node.log()
                .receive(
                        from,
                        new RaftWire(Lab.RING)
                                .encode(new TopologyMessage.OfEngine(request))
                                .buffer());
    }

    static List<NodeId> ids(List<LabNode> nodes) {
        List<NodeId> ids = new ArrayList<>();
        nodes.forEach(node -> ids.add(node.id()));
        return ids;
    }
}
