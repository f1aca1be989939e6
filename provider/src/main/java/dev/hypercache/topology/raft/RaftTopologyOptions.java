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
 * @param founding the change with index 1, or null if the log begins empty or the member joins
 * @param checkpoint where the member's view begins, or null for the beginning
 * @param scale how many times faster than ours the engine's clock runs; at {@value #SCALE} a dead leader is noticed after
 *     about a second
 */
public record RaftTopologyOptions(
        NodeId self,
        RingId ring,
        List<NodeId> foundingVoters,
        List<NodeId> contacts,
        @Nullable Payload founding,
        TopologyPage.@Nullable Checkpoint checkpoint,
        int scale) {

    /** What {@code scale} is unless said otherwise. */
    public static final int SCALE = 4;

    private static final int SCALE_MAX = 16;
    private static final int CONTACTS_MAX = 64;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if there are no founding voters, too many, or one twice, or if the founding change or
     *     the scale is out of its range
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
        if (scale < 1 || scale > SCALE_MAX) {
            throw new IllegalArgumentException("scale is " + scale + ": it is 1 to " + SCALE_MAX + ".");
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
        return new RaftTopologyOptions(self, ring, votersAmong(members), members, founding, null, SCALE);
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
        return new RaftTopologyOptions(self, ring, foundingVoters, contacts, null, checkpoint, SCALE);
    }

    /** The same with another pace. */
    public RaftTopologyOptions withScale(int newScale) {
        return new RaftTopologyOptions(self, ring, foundingVoters, contacts, founding, checkpoint, newScale);
    }

    /** Who votes among members that found a generation: the first one, two, three or five of them. */
    public static List<NodeId> votersAmong(List<NodeId> members) {
        List<NodeId> different = new ArrayList<>(new LinkedHashSet<>(members));
        return List.copyOf(different.subList(0, Electorate.target(different.size())));
    }

    boolean isFoundingVoter() {
        return foundingVoters.contains(self);
    }
}
