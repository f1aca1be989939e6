package dev.hypercache.core.control;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.ring.MemberSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets slots go on that can never have a majority of their voters again.
 *
 * <p>Where the survivors hold every chosen version they go on with it, whatever the policy. A slot that may have lost
 * something is reset under {@link LossPolicy#RESET} and refused under {@link LossPolicy#BLOCK}; an operator resets it by the
 * same command. Each slot stands for itself, as in {@link ChangeSlots}. What members hold of caches that nobody orders stays.
 *
 * <p>Rests on removed voters being dead. A returned name proves that, and an operator who removes a member says so; nobody
 * else may remove the last member on whom a slot's majority depends ({@code TopologyPlanner.mayRemove}).
 *
 * @param policy what becomes of slots that may have lost something
 * @param slots which slots, each once
 */
public record ResolveLoss(LossPolicy policy, List<LostSlot> slots) implements ControlCommand {

    /**
     * Keeps a copy.
     *
     * @throws IllegalArgumentException if there are too many slots
     */
    public ResolveLoss {
        Objects.requireNonNull(policy, "policy");
        slots = List.copyOf(slots);
        ControlLimits.checkRange("number of lost slots", slots.size(), 0, ControlLimits.STEPS_MAX);
    }

    @Override
    public Applied applyTo(ControlState now) {
        List<SlotEntry> entries = new ArrayList<>(now.slots().entries());
        List<Refusal> refusals = new ArrayList<>();
        BitSet members = now.roster().shortIds();
        for (LostSlot lost : slots) {
            if (lost.slot() >= entries.size()) {
                refusals.add(new Refusal(Reason.NO_SUCH_SLOT, lost.slot(), "The ring has no such slot."));
                continue;
            }
            SlotEntry entry = entries.get(lost.slot());
            SlotLoss loss = new SlotLoss(entry.configuration(), members);
            Reason obstacle = obstacle(lost, loss, now);
            if (obstacle == null) {
                entries.set(lost.slot(), entry.become(loss.resolved(lost.heirs()), now.index()));
            } else {
                String detail = lost + " under " + policy + " does not fit " + entry.configuration() + ".";
                refusals.add(new Refusal(obstacle, lost.slot(), detail));
            }
        }
        return new Applied(now.with(new SlotTable(entries)), refusals);
    }

    private @Nullable Reason obstacle(LostSlot lost, SlotLoss loss, ControlState now) {
        if (loss.at().epoch() != lost.epoch()) {
            return Reason.OTHER_EPOCH;
        }
        SlotLoss.Kind kind = loss.kind();
        if (kind == SlotLoss.Kind.NONE) {
            return Reason.NOT_LOST;
        }
        if (kind == SlotLoss.Kind.LOST && policy == LossPolicy.BLOCK) {
            return Reason.BLOCKED;
        }
        // The slot goes on by switches, which take two epochs.
        if (lost.epoch() > Integer.MAX_VALUE - 3) {
            return Reason.NO_EPOCH;
        }
        return loss.isExtinct() ? obstacle(lost.heirs(), now) : null;
    }

    private static @Nullable Reason obstacle(MemberSet heirs, ControlState now) {
        if (heirs.isEmpty() || !SlotStep.areMembers(heirs, now)) {
            return Reason.NOT_A_MEMBER;
        }
        return heirs.size() > now.founded().replicationFactor() ? Reason.TOO_MANY_HOLDERS : null;
    }
}
