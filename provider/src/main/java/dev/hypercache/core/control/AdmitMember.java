package dev.hypercache.core.control;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.Objects;

/**
 * Admits a node.
 *
 * <p>A name that is a member already and comes back with another boot proves its former life dead (CONSISTENCY §5). One
 * change removes the former incarnation from the members, and the new one learns every slot that the former one held. The
 * former one stays among a slot's voters until a switch replaces it: quorums belong to epochs and an admission makes none.
 *
 * @param profile what the node says of itself
 */
public record AdmitMember(NodeProfile profile) implements ControlCommand {

    /** Checks for null. */
    public AdmitMember {
        Objects.requireNonNull(profile, "profile");
    }

    @Override
    public Applied applyTo(ControlState now) {
        if (now.ring() == null) {
            return now.refuse(Reason.NO_RING, "Nobody can be admitted before the ring is founded.");
        }
        Member former = now.roster().member(profile.name());
        if (former != null && former.profile().boot().equals(profile.boot())) {
            return now.refuse(Reason.ALREADY_ADMITTED, former.id() + " is admitted in this life already.");
        }
        if (former == null && now.roster().size() >= ControlLimits.MEMBERS_MAX) {
            return now.refuse(
                    Reason.RING_FULL,
                    "A ring has at most " + ControlLimits.MEMBERS_MAX + " members. Remove one first.");
        }
        int shortId = now.roster().freeShortId(now.slots().mentioned());
        if (shortId == 0) {
            return now.refuse(
                    Reason.NO_SHORT_ID,
                    "Members and slots take all short ids. Switch slots away from removed members first.");
        }
        ControlState admitted = now.with(now.roster().admit(shortId, profile));
        if (former == null) {
            return Applied.done(admitted);
        }
        int gone = former.shortId();
        return Applied.done(admitted.with(now.slots().changeAll(now.index(), slot -> replace(slot, gone, shortId))));
    }

    private static SlotConfiguration replace(SlotConfiguration slot, int gone, int newcomer) {
        if (!slot.holders().contains(gone)) {
            return slot;
        }
        return slot.withLearners(slot.learners().without(gone).union(MemberSet.of(newcomer)));
    }
}
