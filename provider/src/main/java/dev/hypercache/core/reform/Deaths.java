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
import java.util.HashMap;
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

    /** Who came back and waits says so again long before this is over. */
    private static final long RETURN_MILLIS = 60_000;

    private final Set<UUID> dead = new HashSet<>();
    private final Map<String, NodeProfile> returned = new TreeMap<>();
    private final Map<String, Long> heardAtMillis = new HashMap<>();
    private long index;
    private long nowMillis;

    /** An operator says that a life is over. */
    void declared(UUID boot) {
        dead.add(boot);
        returned.values().removeIf(life -> life.boot().equals(boot));
    }

    /** A node that is in no ring is there under its name, in this life. */
    void returned(NodeProfile life) {
        if (dead.contains(life.boot())) {
            return;
        }
        heardAtMillis.put(life.name(), nowMillis);
        NodeProfile before = returned.put(life.name(), life);
        if (before != null && !before.boot().equals(life.boot())) {
            dead.add(before.boot());
        }
    }

    /**
     * Forgets who came back: it may have been admitted since, or be gone again; if it still waits, it says so anew.
     *
     * @param newIndex how far the log is known: it goes on, so it admits by itself
     */
    void refresh(long newIndex, long now) {
        nowMillis = now;
        boolean isFurther = newIndex != index;
        index = newIndex;
        heardAtMillis.values().removeIf(heard -> isFurther || now - heard >= RETURN_MILLIS);
        returned.keySet().retainAll(heardAtMillis.keySet());
    }

    /** Whether nobody is known to be dead. */
    boolean isNone() {
        return dead.isEmpty() && returned.isEmpty();
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

    /** Whether a life is over, which may be that of a member. */
    boolean isDead(UUID boot, Roster roster) {
        return dead.contains(boot)
                || boot.equals(LogVoters.GONE)
                || roster.members().stream()
                        .anyMatch(member -> member.profile().boot().equals(boot) && isDead(member));
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
        gone.add(LogVoters.GONE);
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
