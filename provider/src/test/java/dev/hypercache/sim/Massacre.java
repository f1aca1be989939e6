package dev.hypercache.sim;

import dev.hypercache.core.control.Member;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** So many replicas of a slot die at once that it has no majority any more. Somebody in the ring lives on. */
final class Massacre {

    /** So that a run has more to tell than that its clients waited. */
    private static final int MOST = 3;

    private static final int LOG_VOTERS_MAX = 5;

    private final SimRing ring;
    private int happened;
    private int decapitated;

    Massacre(SimRing ring) {
        this.ring = ring;
    }

    /** Kills so many of those who vote on the topology log that it has no majority; null if nobody can be spared. */
    @Nullable
    String decapitate(Chance chance) {
        List<Member> members = new ArrayList<>(ring.topology().state().roster().members());
        List<Member> voters = members.subList(0, Math.min(LOG_VOTERS_MAX, members.size()));
        List<SimNode> alive = new ArrayList<>(ring.live().stream()
                .filter(node -> voters.stream().anyMatch(voter -> voter.id().equals(node.nodeId())))
                .toList());
        // One that was admitted and has not read of it yet lives, too.
        long living = ring.controls().stream()
                .filter(control -> voters.stream()
                        .anyMatch(voter ->
                                voter.profile().boot().equals(control.profile().boot())))
                .count();
        int count = (int) living - voters.size() / 2;
        boolean isPossible =
                count >= 1 && count <= alive.size() && count < ring.live().size();
        if (decapitated > 0 || ring.topology().isOver() || !isPossible) {
            return null;
        }
        decapitated++;
        List<SimNode> dying = new ArrayList<>();
        while (dying.size() < count) {
            dying.add(alive.remove(chance.below(alive.size())));
        }
        dying.forEach(node -> ring.lives().crash(node, chance));
        List<UUID> boots = new ArrayList<>();
        voters.forEach(voter -> boots.add(voter.profile().boot()));
        ring.logLost(boots, chance.split());
        return dying + " crash, and the topology log has no majority";
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
