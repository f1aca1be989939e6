package dev.hypercache.core.reform;

import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.control.Reform;
import dev.hypercache.core.control.Roster;
import dev.hypercache.core.reform.ReformMessage.Knowledge;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.RingId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Which lives are known to be dead: since their name came back, or since an operator said so. Only grows.
 *
 * <p>Bounded by the lives of the ring's names that come and go while it is reformed.
 */
final class Deaths {

    private final Set<UUID> dead = new HashSet<>();
    private final Map<String, NodeProfile> returned = new TreeMap<>();

    /** An operator says that a life is over. */
    void declared(UUID boot) {
        dead.add(boot);
        returned.values().removeIf(life -> life.boot().equals(boot));
    }

    /** A node that is in no ring is there under its name, in this life. */
    void returned(NodeProfile life) {
        NodeProfile before = returned.get(life.name());
        if (dead.contains(life.boot()) || before != null && before.boot().equals(life.boot())) {
            return;
        }
        if (before != null) {
            dead.add(before.boot());
        }
        returned.put(life.name(), life);
    }

    void learn(Knowledge knowledge) {
        knowledge.dead().forEach(this::declared);
        for (NodeProfile life : knowledge.returned()) {
            if (!returned.containsKey(life.name())) {
                returned(life); // Of two lives the one that was met here is not known to be the older one.
            }
        }
    }

    Knowledge knowledge() {
        return new Knowledge(dead, List.copyOf(returned.values()));
    }

    boolean isDead(UUID boot) {
        return dead.contains(boot);
    }

    /** Whether a member's life is over. */
    boolean isDead(Member member) {
        NodeProfile life = returned.get(member.profile().name());
        UUID boot = member.profile().boot();
        return dead.contains(boot) || life != null && !life.boot().equals(boot);
    }

    /** Whether so many of these are dead that the others are no majority. */
    boolean isMajorityDead(Collection<UUID> voters, Roster roster) {
        Set<UUID> gone = new HashSet<>(dead);
        roster.members().stream()
                .filter(this::isDead)
                .forEach(member -> gone.add(member.profile().boot()));
        long alive = voters.stream().filter(boot -> !gone.contains(boot)).count();
        return alive < voters.size() / 2 + 1;
    }

    /** Everybody whose consent is needed: the members that are not dead, then the lives that came back in place of members. */
    Set<UUID> participants(Roster roster) {
        Set<UUID> boots = new LinkedHashSet<>();
        for (Member member : roster.members()) {
            if (!isDead(member)) {
                boots.add(member.profile().boot());
            }
        }
        returnedTo(roster).forEach(life -> boots.add(life.boot()));
        return boots;
    }

    private List<NodeProfile> returnedTo(Roster roster) {
        List<NodeProfile> lives = new ArrayList<>();
        for (NodeProfile life : returned.values()) {
            Member former = roster.member(life.name());
            if (former != null && !former.profile().boot().equals(life.boot())) {
                lives.add(life);
            }
        }
        return lives;
    }

    /** The first change of the next generation. */
    Reform reform(RingId ring, Roster roster) {
        List<NodeProfile> back = returnedTo(roster);
        Set<String> names = new HashSet<>();
        back.forEach(life -> names.add(life.name()));
        List<NodeId> gone = new ArrayList<>();
        for (Member member : roster.members()) {
            if (isDead(member) && !names.contains(member.profile().name())) {
                gone.add(member.id());
            }
        }
        return new Reform(ring, gone, back);
    }
}
