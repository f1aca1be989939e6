package dev.hypercache.sim;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** So many replicas of a slot die at once that it has no majority any more. Somebody in the ring lives on. */
final class Massacre {

    /** So that a run has more to tell than that its clients waited. */
    private static final int MOST = 3;

    private final SimRing ring;
    private int happened;

    Massacre(SimRing ring) {
        this.ring = ring;
    }

    /** Kills them; null if nobody can be spared. */
    @Nullable
    String happen(Chance chance) {
        int slot = chance.below(ring.topology().slots());
        SlotConfiguration now = ring.topology().of(slot);
        MemberSet voters = now.isSwitching() && chance.happens(0.5) ? now.incoming() : now.voters();
        List<SimNode> alive = new ArrayList<>(
                ring.live().stream().filter(node -> voters.contains(node.id())).toList());
        int least = alive.size() - voters.majority() + 1;
        int most = Math.min(alive.size(), ring.live().size() - 1);
        if (happened >= MOST || least < 1 || least > most) {
            return null;
        }
        happened++;
        int count = chance.happens(0.6) ? least : most;
        while (alive.size() > count) {
            alive.remove(chance.below(alive.size()));
        }
        alive.forEach(node -> ring.lives().crash(node, chance));
        return alive + " crash, and slot " + slot + " has no majority";
    }
}
