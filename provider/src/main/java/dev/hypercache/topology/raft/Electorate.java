package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who should vote, and the one step that brings the voters nearer to it.
 *
 * <p>Who is no member any more goes first, since a dead voter counts against the majority; then members are added, one at a
 * time, in the order given. Whoever votes stays until it is gone. A leader that is no member goes last of all.
 */
final class Electorate {

    static final int VOTERS_MAX = 5;

    private static final int MEMBERS_FOR_THREE = 3;

    /** One change of the voters. */
    record Step(NodeId node, boolean joins) {}

    private Electorate() {}

    /** How many vote among so many members: an even number of voters survives no more than one less does. */
    static int target(int members) {
        if (members >= VOTERS_MAX) {
            return VOTERS_MAX;
        }
        return Math.min(members, MEMBERS_FOR_THREE);
    }

    /**
     * The next change.
     *
     * @param members the members of the ring
     * @param isFit whether a member was heard of lately: to add one that is dead could cost the majority
     * @return null if there is nothing to do, or nobody to do it with
     */
    static @Nullable Step next(NodeId leader, List<NodeId> voters, List<NodeId> members, Predicate<NodeId> isFit) {
        if (members.isEmpty()) {
            return null;
        }
        for (NodeId voter : voters) {
            if (!voter.equals(leader) && !members.contains(voter)) {
                return new Step(voter, false);
            }
        }
        long staying = voters.stream().filter(members::contains).count();
        for (NodeId member : members) {
            if (staying < target(members.size()) && !voters.contains(member) && isFit.test(member)) {
                return new Step(member, true);
            }
        }
        boolean isToGo = !members.contains(leader) && voters.contains(leader) && voters.size() > 1;
        return isToGo ? new Step(leader, false) : null;
    }
}
