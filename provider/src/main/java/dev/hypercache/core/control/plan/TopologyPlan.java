package dev.hypercache.core.control.plan;

import dev.hypercache.core.control.AddLearners;
import dev.hypercache.core.control.BeginSwitch;
import dev.hypercache.core.control.DropLearners;
import dev.hypercache.core.control.LossPolicy;
import dev.hypercache.core.control.LostSlot;
import dev.hypercache.core.control.OrderVoters;
import dev.hypercache.core.control.ResolveLoss;
import dev.hypercache.core.control.SlotStep;
import dev.hypercache.core.ring.MemberSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the slots of a ring should go, and the steps that may be taken next. Slots that are switching have no step here:
 * their leaders complete them.
 *
 * @param target per slot who should hold it, most preferred leader first; for a slot that is left alone who holds it
 * @param additions members to fill
 * @param drops members no longer to fill; a drop comes before other steps of its slot
 * @param switches switches whose new voters all hold the slot or are being filled: due as soon as these are filled
 * @param orders leaders to prefer; these move no data
 * @param losses slots that no majority of members can lead any more: no step helps, their loss must be resolved first
 */
public record TopologyPlan(
        List<MemberSet> target,
        List<AddLearners> additions,
        List<DropLearners> drops,
        List<BeginSwitch> switches,
        List<OrderVoters> orders,
        List<Loss> losses) {

    /**
     * A slot that no majority of members can lead any more.
     *
     * @param slot which slot, and who holds it if nobody does
     * @param held whether the survivors together hold every chosen version
     */
    public record Loss(LostSlot slot, boolean held) {}

    /** Keeps unmodifiable copies. */
    public TopologyPlan {
        target = List.copyOf(target);
        additions = List.copyOf(additions);
        drops = List.copyOf(drops);
        switches = List.copyOf(switches);
        orders = List.copyOf(orders);
        losses = List.copyOf(losses);
    }

    /** The slots without a leader for good. */
    public BitSet lost() {
        BitSet lost = new BitSet();
        losses.forEach(loss -> lost.set(loss.slot().slot()));
        return lost;
    }

    /** What lets lost slots go on; null if there are none, or none with which the policy lets anything be done. */
    public @Nullable ResolveLoss resolution(LossPolicy policy) {
        List<LostSlot> slots = new ArrayList<>();
        for (Loss loss : losses) {
            if (loss.held() || policy == LossPolicy.RESET) {
                slots.add(loss.slot());
            }
        }
        return slots.isEmpty() ? null : new ResolveLoss(policy, slots);
    }

    /** All steps, in an order in which those of one slot fit one after the other. */
    public List<SlotStep> steps() {
        List<SlotStep> steps = new ArrayList<>(drops);
        steps.addAll(additions);
        steps.addAll(switches);
        steps.addAll(orders);
        return steps;
    }

    /** Whether there is nothing to do. */
    public boolean isSettled() {
        return steps().isEmpty();
    }
}
