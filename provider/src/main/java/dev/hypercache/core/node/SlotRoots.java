package dev.hypercache.core.node;

import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.message.SlotRoot;
import dev.hypercache.core.repair.LedSlot;
import dev.hypercache.core.repair.PairRepair;
import dev.hypercache.core.ring.MemberSet;
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

    /**
     * What the copy of that which nobody orders comes to, if both nodes hold it.
     *
     * @return null if they do not, or if this copy is not filled
     */
    private static @Nullable SlotRoot unordered(SlotMachine machine, int self, int other) {
        MemberSet holders = machine.state().configuration().holders();
        return holders.contains(self) && holders.contains(other)
                ? machine.leaderless().root()
                : null;
    }

    /** The same, if this node is the one of the two to ask. */
    public static @Nullable LedSlot unorderedLed(SlotMachine machine, int self, int other) {
        SlotRoot root = self < other ? unordered(machine, self, other) : null;
        return root == null ? null : new LedSlot(root, false);
    }

    /** The same, if this node is the one of the two that is asked. */
    public static @Nullable SlotRoot unorderedFollowed(SlotMachine machine, int self, int other) {
        return self > other ? unordered(machine, self, other) : null;
    }
}
