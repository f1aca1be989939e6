package dev.hypercache.core.node;

import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.message.SlotRoot;
import dev.hypercache.core.repair.LedSlot;
import dev.hypercache.core.repair.PairRepair;
import org.jspecify.annotations.Nullable;

/** What a slot's machine shows of its copy to the comparison of nodes. */
public final class SlotRoots {

    private SlotRoots() {}

    /** The slot if the machine leads it and a member follows, else null. */
    public static @Nullable LedSlot led(SlotMachine machine, int follower, long now) {
        Leadership mine = machine.leadership();
        if (mine == null || !mine.repairs().isFollowedBy(follower)) {
            return null;
        }
        return new LedSlot(machine.state().contents().root(), mine.repairs().isQuietFor(PairRepair.YOUNG_MILLIS, now));
    }

    /** What the copy comes to if the machine follows a member, else null. */
    public static @Nullable SlotRoot followed(SlotMachine machine, int self, int leader) {
        boolean follows = machine.leadership() == null
                && machine.state().promise().leader() == leader
                && machine.state().configuration().recipients().contains(self);
        return follows ? machine.state().contents().root() : null;
    }
}
