package dev.hypercache.core.control;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.RingId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Begins the next generation of a ring whose topology log lost its majority: the first change of the new generation's log,
 * on top of the newest state that a survivor has.
 *
 * <p>One change removes all who are dead and admits those who came back, so no state of the new generation counts on the
 * dead. What slots lost with them is resolved by {@link ResolveLoss} afterwards. Indexes and incarnations go on. Takes effect
 * as a whole or not at all.
 *
 * @param from the generation that ends
 * @param gone the members that an operator declared dead, or that came back and went again
 * @param returned what nodes that came back say of themselves; each proves its former life dead
 */
public record Reform(RingId from, List<NodeId> gone, List<NodeProfile> returned) implements ControlCommand {

    /**
     * Keeps copies.
     *
     * @throws IllegalArgumentException if there are too many, or a name occurs twice
     */
    public Reform {
        ControlLimits.checkRange("generation of the ring to reform", from.generation(), 1, Long.MAX_VALUE - 1);
        gone = List.copyOf(gone);
        returned = List.copyOf(returned);
        ControlLimits.checkRange("number of dead members", gone.size(), 0, ControlLimits.MEMBERS_MAX);
        ControlLimits.checkRange("number of returned members", returned.size(), 0, ControlLimits.MEMBERS_MAX);
        Set<String> names = new HashSet<>();
        List<String> all = new ArrayList<>();
        gone.forEach(member -> all.add(member.name()));
        returned.forEach(profile -> all.add(profile.name()));
        for (String name : all) {
            if (!names.add(name)) {
                throw new IllegalArgumentException("member " + name
                        + " occurs twice in a reform: one who came back is not named as dead as well.");
            }
        }
    }

    @Override
    public Applied applyTo(ControlState now) {
        RingSettings ring = now.ring();
        if (ring == null) {
            return now.refuse(Reason.NO_RING, "No ring is founded that could be reformed.");
        }
        if (!ring.ring().equals(from)) {
            return now.refuse(Reason.OTHER_RING, "This is " + ring.ring() + ", and the reform is of " + from + ".");
        }
        ControlState state = now;
        for (ControlCommand part : parts()) {
            Applied applied = part.applyTo(state);
            if (!applied.refusals().isEmpty()) {
                return Applied.refused(now, applied.refusals().get(0));
            }
            state = applied.state();
        }
        return Applied.done(state.with(ring.reformed()));
    }

    /** Who came back comes first, for a ring keeps one member. */
    private List<ControlCommand> parts() {
        List<ControlCommand> parts = new ArrayList<>();
        returned.forEach(profile -> parts.add(new AdmitMember(profile)));
        gone.forEach(member -> parts.add(new RemoveMember(member)));
        return parts;
    }
}
