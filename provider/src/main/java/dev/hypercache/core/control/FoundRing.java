package dev.hypercache.core.control;

import dev.hypercache.core.ring.MemberSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Founds the ring: the first change of a log.
 *
 * <p>The command brings the first slot table instead of having it computed when it is applied. So a later version of the
 * planner, which places slots otherwise, still reads the same ring from an old log.
 *
 * @param ring what is fixed from now on
 * @param founders the first members; they get the short ids from 1 on, in this order
 * @param voters per slot the founders that hold it, by their short ids
 */
public record FoundRing(RingSettings ring, List<NodeProfile> founders, List<MemberSet> voters)
        implements ControlCommand {

    /**
     * Checks the parts and keeps copies.
     *
     * @throws IllegalArgumentException if two founders share a name, or the table is not one of this ring
     */
    public FoundRing {
        Objects.requireNonNull(ring, "ring");
        founders = List.copyOf(founders);
        voters = List.copyOf(voters);
        ControlLimits.checkRange("number of founders", founders.size(), 1, ControlLimits.FOUNDERS_MAX);
        Set<String> names = new HashSet<>();
        for (NodeProfile founder : founders) {
            if (!names.add(founder.name())) {
                throw new IllegalArgumentException("founder " + founder.name() + " occurs twice.");
            }
        }
        ControlLimits.checkRange("number of slots in the table", voters.size(), ring.slots(), ring.slots());
        for (MemberSet ofSlot : voters) {
            ControlLimits.checkRange("number of a slot's voters", ofSlot.size(), 1, ring.replicationFactor());
            for (int voter : ofSlot.toArray()) {
                ControlLimits.checkRange("short id of a founder", voter, 1, founders.size());
            }
        }
    }

    @Override
    public Applied applyTo(ControlState now) {
        if (now.ring() != null) {
            return now.refuse(
                    Refusal.Reason.RING_EXISTS, "The ring " + now.ring().ring() + " is founded already.");
        }
        Roster roster = now.roster();
        for (int i = 0; i < founders.size(); i++) {
            roster = roster.admit(i + 1, founders.get(i));
        }
        SlotTable slots = SlotTable.founded(voters, now.index());
        return Applied.done(new ControlState(now.index(), ring, roster, slots, now.caches()));
    }
}
