package dev.hypercache.core.control;

import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.spi.NodeId;
import java.util.Objects;

/**
 * Removes a member that left, or that the others hold for dead.
 *
 * <p>It stops learning at once. Where it votes it goes on being counted until a switch replaces it.
 *
 * @param member exactly this incarnation; a later one of the name is not meant
 */
public record RemoveMember(NodeId member) implements ControlCommand {

    /** Checks for null. */
    public RemoveMember {
        Objects.requireNonNull(member, "member");
    }

    @Override
    public Applied applyTo(ControlState now) {
        Member gone = now.roster().member(member);
        if (gone == null) {
            return now.refuse(Refusal.Reason.NOT_A_MEMBER, member + " is no member.");
        }
        if (now.roster().size() == 1) {
            return now.refuse(Refusal.Reason.LAST_MEMBER, member + " is the last member: a ring keeps one.");
        }
        return Applied.done(now.with(now.roster().without(gone))
                .with(now.slots().changeAll(now.index(), slot -> withoutLearner(slot, gone.shortId()))));
    }

    private static SlotConfiguration withoutLearner(SlotConfiguration slot, int gone) {
        return slot.learners().contains(gone)
                ? slot.withLearners(slot.learners().without(gone))
                : slot;
    }
}
