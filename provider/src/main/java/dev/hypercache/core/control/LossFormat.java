package dev.hypercache.core.control;

import dev.hypercache.core.ring.SlotSpace;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.RingId;
import java.util.ArrayList;
import java.util.List;

/** The commands that end a loss as fields. Part of {@link ChangeFormat}. */
final class LossFormat {

    private LossFormat() {}

    static void write(FieldWriter out, ResolveLoss resolve) {
        out.flag(resolve.policy() == LossPolicy.RESET);
        out.number(resolve.slots().size());
        for (LostSlot lost : resolve.slots()) {
            out.number(lost.slot());
            out.number(lost.epoch());
            ValueFormat.write(out, lost.heirs());
        }
    }

    static ResolveLoss resolveLoss(FieldReader in) {
        LossPolicy policy = in.flag("whether slots are reset") ? LossPolicy.RESET : LossPolicy.BLOCK;
        List<LostSlot> slots = new ArrayList<>();
        int count = in.number("number of lost slots", 0, ControlLimits.STEPS_MAX);
        for (int i = 0; i < count; i++) {
            slots.add(new LostSlot(
                    in.number("slot", 0, SlotSpace.SLOTS_MAX - 1),
                    in.number("epoch", 1, Integer.MAX_VALUE),
                    ValueFormat.members(in, "heirs", ControlLimits.REPLICATION_FACTOR_MAX)));
        }
        return new ResolveLoss(policy, slots);
    }

    static void write(FieldWriter out, Reform reform) {
        ValueFormat.write(out, reform.from());
        out.number(reform.gone().size());
        reform.gone().forEach(member -> ValueFormat.write(out, member));
        out.number(reform.returned().size());
        reform.returned().forEach(profile -> ValueFormat.write(out, profile));
    }

    static Reform reform(FieldReader in) {
        RingId from = ValueFormat.ring(in);
        List<NodeId> gone = new ArrayList<>();
        int goneCount = in.number("number of dead members", 0, ControlLimits.MEMBERS_MAX);
        for (int i = 0; i < goneCount; i++) {
            gone.add(ValueFormat.nodeId(in));
        }
        List<NodeProfile> returned = new ArrayList<>();
        int returnedCount = in.number("number of returned members", 0, ControlLimits.MEMBERS_MAX);
        for (int i = 0; i < returnedCount; i++) {
            returned.add(ValueFormat.profile(in));
        }
        return new Reform(from, gone, returned);
    }
}
