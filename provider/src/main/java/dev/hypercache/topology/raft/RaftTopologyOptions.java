package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a member is in the log of one generation of a ring, and what it knows at its start.
 *
 * @param self the member, as the ring admitted it
 * @param ring the ring and its generation: nothing of another one gets in
 * @param foundingVoters who voted when this generation began, the same list at every member for ever, even if they are long
 *     gone; one to five
 * @param contacts members to ask at first, besides the founding voters
 * @param founding the first change of this generation, or null if the log begins empty or the member joins
 * @param checkpoint where the member's view begins, or null for the beginning; with a founding change that change is behind it
 */
public record RaftTopologyOptions(
        NodeId self,
        RingId ring,
        List<NodeId> foundingVoters,
        List<NodeId> contacts,
        @Nullable Payload founding,
        TopologyPage.@Nullable Checkpoint checkpoint) {

    private static final int CONTACTS_MAX = 64;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if there are no founding voters, too many, or one twice, or if the founding change or
     *     its base is too large
     */
    public RaftTopologyOptions {
        Objects.requireNonNull(self, "self");
        Objects.requireNonNull(ring, "ring");
        foundingVoters = List.copyOf(foundingVoters);
        contacts = List.copyOf(contacts.subList(0, Math.min(contacts.size(), CONTACTS_MAX)));
        if (foundingVoters.isEmpty()
                || foundingVoters.size() > Electorate.VOTERS_MAX
                || Set.copyOf(foundingVoters).size() < foundingVoters.size()) {
            throw new IllegalArgumentException("founding voters are " + foundingVoters + ": a ring has 1 to "
                    + Electorate.VOTERS_MAX + " different ones.");
        }
        if (founding != null && founding.length() > RaftTopologyLog.CHANGE_BYTES_MAX) {
            throw new IllegalArgumentException("the founding change has " + founding.length() + " bytes: it may have "
                    + RaftTopologyLog.CHANGE_BYTES_MAX + ".");
        }
        if (founding != null && checkpoint != null && checkpoint.state().length() > RaftTopologyLog.BASE_BYTES_MAX) {
            throw new IllegalArgumentException("the state that a generation begins with has "
                    + checkpoint.state().length() + " bytes: it may have " + RaftTopologyLog.BASE_BYTES_MAX + ".");
        }
    }

    /**
     * Options of a node that founds a generation together with others. Its log begins with the founding change, before anybody
     * is elected.
     *
     * @param members all founding members in an order that they agree on; the first of them vote
     * @param founding the change with index 1, the same bytes at each of them
     */
    public static RaftTopologyOptions founder(NodeId self, RingId ring, List<NodeId> members, Payload founding) {
        return new RaftTopologyOptions(self, ring, votersAmong(members), members, founding, null);
    }

    /**
     * Options of a node that begins a further generation together with others, after the log of the one before lost its
     * majority. Indexes go on.
     *
     * @param ring the ring in the new generation
     * @param members all members that begin it, in an order that they agree on
     * @param base what they go on from, the same at each of them
     * @param reform the first change of the generation, with the index behind the base
     */
    public static RaftTopologyOptions reformer(
            NodeId self, RingId ring, List<NodeId> members, TopologyPage.Checkpoint base, Payload reform) {
        return new RaftTopologyOptions(self, ring, votersAmong(members), members, reform, base);
    }

    /**
     * Options of a node that a ring has admitted.
     *
     * @param foundingVoters {@link #votersAmong} the members that founded this generation
     * @param contacts who votes now, or other members that live
     * @param checkpoint the state to begin from; the admission lies at or before its index
     */
    public static RaftTopologyOptions joiner(
            NodeId self,
            RingId ring,
            List<NodeId> foundingVoters,
            List<NodeId> contacts,
            TopologyPage.Checkpoint checkpoint) {
        return new RaftTopologyOptions(self, ring, foundingVoters, contacts, null, checkpoint);
    }

    /** Who votes among members that found a generation: the first one, two, three or five of them. */
    public static List<NodeId> votersAmong(List<NodeId> members) {
        List<NodeId> different = new ArrayList<>(new LinkedHashSet<>(members));
        return List.copyOf(different.subList(0, Electorate.target(different.size())));
    }

    LogOperation.@Nullable Founding begin() {
        return founding == null ? null : new LogOperation.Founding(checkpoint, founding);
    }

    boolean isFoundingVoter() {
        return foundingVoters.contains(self);
    }
}
