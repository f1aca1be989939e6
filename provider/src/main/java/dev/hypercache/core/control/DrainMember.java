package dev.hypercache.core.control;

import dev.hypercache.spi.NodeId;
import java.util.Objects;

/**
 * Marks a member as leaving: the planner moves its slots to others, and nothing is given to it any more.
 *
 * @param member who leaves
 */
public record DrainMember(NodeId member) implements ControlCommand {

    /** Checks for null. */
    public DrainMember {
        Objects.requireNonNull(member, "member");
    }

    @Override
    public Applied applyTo(ControlState now) {
        Member leaving = now.roster().member(member);
        if (leaving == null) {
            return now.refuse(Refusal.Reason.NOT_A_MEMBER, member + " is no member.");
        }
        return Applied.done(now.with(now.roster().drain(leaving)));
    }
}
