package dev.hypercache.core.member;

import dev.hypercache.core.message.Belief;
import dev.hypercache.spi.membership.MemberHealth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What this node believes of each other member.
 *
 * <p>Beliefs only move forward in their order, and equal ones join their observers, so nodes that heard the same believe the
 * same. A member that refutes moves past every accusation, whether it was suspect or dead. Bounded by the members; keeps
 * nothing of those who are gone.
 */
final class MemberTable {

    /** What came of a belief that was heard. */
    enum Heard {
        /** It is news: it holds now. */
        NEWS,
        /** It is known. */
        KNOWN,
        /** It was true once, and its subject has refuted it since. */
        REFUTED,
        /** It is about nobody here. */
        UNKNOWN
    }

    private final int self;
    private final SwimPace pace;
    private final MemberObserver observer;
    private final Map<Integer, MemberState> states = new TreeMap<>();
    private final Set<Integer> suspects = new TreeSet<>();
    private long version;

    MemberTable(int self, SwimPace pace, MemberObserver observer) {
        this.self = self;
        this.pace = pace;
        this.observer = observer;
    }

    /** Replaces the members; those who are new count as alive. */
    void watch(Set<Integer> members, long now) {
        boolean isChanged = states.keySet().retainAll(members);
        for (int member : members) {
            if (member != self && !states.containsKey(member)) {
                states.put(member, new MemberState(member, now, now - pace.periodMillis()));
                isChanged = true;
            }
        }
        suspects.retainAll(states.keySet());
        states.values().forEach(this::forgetObserversWhoAreGone);
        version += isChanged ? 1 : 0;
    }

    private void forgetObserversWhoAreGone(MemberState state) {
        Belief belief = state.belief();
        List<Integer> left = new ArrayList<>(belief.observers());
        if (left.removeIf(one -> !isMember(one))) {
            state.believe(withObservers(belief, left), state.changedMillis());
        }
    }

    private boolean isMember(int id) {
        return id == self || states.containsKey(id);
    }

    @Nullable
    MemberState state(int member) {
        return states.get(member);
    }

    Collection<MemberState> states() {
        return states.values();
    }

    /** How many members the ring has, this node included. */
    int size() {
        return states.size() + 1;
    }

    /** Counts the changes of this table: of who is in it, and of anybody's health. */
    long version() {
        return version;
    }

    /** The members that are suspect; a copy. */
    List<Integer> suspects() {
        return suspects.isEmpty() ? List.of() : List.copyOf(suspects);
    }

    int count(MemberHealth health) {
        int count = 0;
        for (MemberState state : states.values()) {
            count += state.health() == health ? 1 : 0;
        }
        return count;
    }

    /** Takes in a belief of others or of this node. */
    Heard hear(Belief heard, long now) {
        MemberState state = states.get(heard.member());
        if (state == null) {
            return Heard.UNKNOWN;
        }
        Belief held = state.belief();
        if (heard.isAfter(held)) {
            move(state, withObservers(heard, observersIn(heard, List.of())), now);
            return Heard.NEWS;
        }
        if (held.isAfter(heard)) {
            boolean isAccusation = heard.health() != MemberHealth.ALIVE;
            return isAccusation && heard.refutations() < held.refutations() ? Heard.REFUTED : Heard.KNOWN;
        }
        return join(state, observersIn(heard, held.observers()), now);
    }

    private Heard join(MemberState state, List<Integer> observers, long now) {
        Belief held = state.belief();
        if (held.health() == MemberHealth.ALIVE || observers.equals(held.observers())) {
            return Heard.KNOWN;
        }
        state.believe(withObservers(held, observers), now);
        if (observers.size() != held.observers().size()) {
            observer.believed(state.belief());
        }
        return Heard.NEWS;
    }

    /**
     * The observers of a belief and others, as far as they can be observers of it. Of too many the least are kept, whatever
     * the order in which they come, so that all nodes keep the same.
     */
    private List<Integer> observersIn(Belief heard, List<Integer> known) {
        TreeSet<Integer> all = new TreeSet<>(known);
        for (int one : heard.observers()) {
            if (isMember(one) && one != heard.member()) {
                all.add(one);
            }
        }
        while (all.size() > Belief.OBSERVERS_MAX) {
            all.pollLast();
        }
        return List.copyOf(all);
    }

    private static Belief withObservers(Belief belief, List<Integer> observers) {
        boolean isAlive = belief.health() == MemberHealth.ALIVE;
        return new Belief(
                belief.member(), belief.refutations(), belief.health(), isAlive ? List.of() : List.copyOf(observers));
    }

    private void move(MemberState state, Belief later, long now) {
        MemberHealth from = state.health();
        MemberHealth to = later.health();
        state.believe(later, now);
        if (to == MemberHealth.SUSPECT) {
            suspects.add(later.member());
        } else {
            suspects.remove(later.member());
        }
        if (from == to) {
            return;
        }
        version++;
        observer.happened(eventOf(from, to));
        observer.believed(later);
    }

    private static MemberEvent eventOf(MemberHealth from, MemberHealth to) {
        return switch (to) {
            case SUSPECT -> MemberEvent.SUSPECTED;
            case DEAD -> MemberEvent.DIED;
            case ALIVE -> from == MemberHealth.DEAD ? MemberEvent.REVIVED : MemberEvent.CLEARED;
        };
    }

    /** The suspects that had their time to refute. */
    List<MemberState> over(LocalHealth health, long now) {
        List<MemberState> over = new ArrayList<>();
        for (int suspect : suspects) {
            MemberState state = states.get(suspect);
            if (state == null) {
                continue;
            }
            long timeoutMillis = Suspicion.timeoutMillis(
                    pace, size(), state.belief().observers().size());
            if (state.isSuspicionOver(health.stretched(timeoutMillis), now)) {
                over.add(state);
            }
        }
        return over;
    }

    /** This node did nothing for a while: nobody's time to refute ran meanwhile. */
    void postpone(long millis) {
        for (int suspect : suspects) {
            MemberState state = states.get(suspect);
            if (state != null) {
                state.postpone(millis);
            }
        }
    }

    /** Some of those who are so, by chance. */
    List<Integer> someOf(int most, Predicate<MemberState> wanted, IntUnaryOperator dice) {
        List<Integer> candidates = new ArrayList<>();
        for (MemberState state : states.values()) {
            if (wanted.test(state)) {
                candidates.add(state.belief().member());
            }
        }
        List<Integer> some = new ArrayList<>();
        while (!candidates.isEmpty() && some.size() < most) {
            some.add(candidates.remove(dice.applyAsInt(candidates.size())));
        }
        return some;
    }

    /** Whom this node knows; a copy. */
    Set<Integer> members() {
        return new HashSet<>(states.keySet());
    }
}
