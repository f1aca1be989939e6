package dev.hypercache.core.member;

import dev.hypercache.core.message.Belief;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be spread: the newest belief of each member, each said so many times that nearly everybody will have heard it.
 *
 * <p>What was said least goes first. Holds at most {@value #BELIEFS_MAX} beliefs; beyond them the one that was said most is
 * dropped, which costs the others some time until they find out by themselves.
 */
final class GossipBuffer {

    static final int BELIEFS_MAX = 512;

    /** How often a belief is said, for each decimal digit of the ring's size. */
    static final int REPEATS = 4;

    private static final Comparator<News> LEAST_SAID = Comparator.comparingInt(news -> news.said);

    private final Map<Integer, News> newsByMember = new LinkedHashMap<>();
    private final MemberObserver observer;

    private static final class News {
        final Belief belief;
        int said;

        News(Belief belief) {
            this.belief = belief;
        }
    }

    GossipBuffer(MemberObserver observer) {
        this.observer = observer;
    }

    /** Spreads a belief, in place of an earlier one of the same member. */
    void put(Belief belief) {
        newsByMember.remove(belief.member());
        if (newsByMember.size() >= BELIEFS_MAX) {
            News most = newsByMember.values().stream().max(LEAST_SAID).orElseThrow();
            newsByMember.remove(most.belief.member());
            observer.happened(MemberEvent.GOSSIP_DROPPED);
        }
        newsByMember.put(belief.member(), new News(belief));
    }

    /** Spreads a belief again, unless that is being done. */
    void putIfAbsent(Belief belief) {
        if (!newsByMember.containsKey(belief.member())) {
            put(belief);
        }
    }

    /** How often a belief is said in a ring of so many members. */
    static int repeats(int members) {
        return REPEATS * String.valueOf(members).length();
    }

    /**
     * What to tell somebody now; it counts as said.
     *
     * @param receiver is not told of itself
     * @param members how many members the ring has
     * @param most how many beliefs at most
     */
    List<Belief> take(int receiver, int members, int most) {
        if (newsByMember.isEmpty()) {
            return List.of();
        }
        List<News> candidates = new ArrayList<>(newsByMember.values());
        candidates.removeIf(news -> news.belief.member() == receiver);
        candidates.sort(LEAST_SAID);
        List<Belief> taken = new ArrayList<>();
        for (News news : candidates.subList(0, Math.min(most, candidates.size()))) {
            taken.add(news.belief);
            if (++news.said >= repeats(members)) {
                newsByMember.remove(news.belief.member());
            }
        }
        return taken;
    }

    /** Forgets what is about nobody of these. */
    void retain(Set<Integer> members) {
        newsByMember.keySet().retainAll(members);
    }

    int size() {
        return newsByMember.size();
    }
}
