package dev.hypercache.core.member;

import static java.util.Objects.requireNonNull;

import dev.hypercache.core.message.Belief;
import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.spi.membership.MemberHealth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/**
 * What this node hears of others and of itself, and what it says on.
 *
 * <p>News goes along with the messages that are sent anyway, and as long as there is any to a few members besides: where a
 * node sends little, an accusation would else be much faster than its refutation is. Whoever is not well is told so; whoever still
 * says what was refuted is told that.
 */
final class Gossip {

    /** How many suspects are reminded in one round that they should refute; the others wait in order. */
    static final int REMINDED_MAX = 8;

    /** To how many members news is carried at a time, and how many times in an interval. */
    private static final int SPREAD = 3;

    private static final int SPREADS_PER_INTERVAL = 5;

    private final int self;
    private final SwimPace pace;
    private final LocalHealth health;
    private final IntUnaryOperator dice;
    private final MemberObserver observer;
    private final OwnWord own = new OwnWord();
    private final MemberTable table;
    private final GossipBuffer buffer;
    private final GossipPost post;
    private long spreadMillis;

    Gossip(int self, SwimPace pace, Outbox out, LocalHealth health, IntUnaryOperator dice, MemberObserver observer) {
        this.self = self;
        this.pace = pace;
        this.health = health;
        this.dice = dice;
        this.observer = observer;
        this.table = new MemberTable(self, pace, observer);
        this.buffer = new GossipBuffer(observer);
        this.post = new GossipPost(out, own, table, buffer);
    }

    MemberTable table() {
        return table;
    }

    GossipPost post() {
        return post;
    }

    int waiting() {
        return buffer.size();
    }

    /** Replaces the members other than this node. */
    void watch(Set<Integer> others, long now) {
        table.watch(others, now);
        Set<Integer> all = new HashSet<>(others);
        all.add(self);
        buffer.retain(all);
    }

    /** Takes in what a message says. */
    void receive(int from, GossipMessage message, long now) {
        if (table.state(from) != null) {
            learn(from, Belief.alive(from, message.refutations()), now);
        }
        List<Belief> gossip = message.gossip();
        for (int i = 0; i < gossip.size() && i < GossipMessage.BELIEFS_MAX; i++) {
            learn(from, gossip.get(i), now);
        }
    }

    /** This node found by itself that a member does not answer. */
    void accuse(MemberState state, long now) {
        boolean isDead = state.health() == MemberHealth.DEAD;
        say(state, isDead ? MemberHealth.DEAD : MemberHealth.SUSPECT, now);
    }

    /** Declares those dead who had their time to refute. */
    void tick(long now) {
        for (MemberState state : table.over(health, now)) {
            say(state, MemberHealth.DEAD, now);
        }
        if (buffer.size() > 0 && now >= spreadMillis) {
            spreadMillis = now + pace.intervalMillis() / SPREADS_PER_INTERVAL;
            for (int member : table.someOf(SPREAD, state -> state.health() != MemberHealth.DEAD, dice)) {
                post.probe(member, 0, now);
            }
        }
    }

    private void say(MemberState state, MemberHealth found, long now) {
        Belief belief = state.belief();
        learn(self, new Belief(belief.member(), belief.refutations(), found, List.of(self)), now);
    }

    private void learn(int from, Belief heard, long now) {
        if (heard.member() == self) {
            refute(from, heard, now);
            return;
        }
        MemberTable.Heard result = table.hear(heard, now);
        if (result == MemberTable.Heard.UNKNOWN) {
            observer.happened(MemberEvent.GOSSIP_UNKNOWN);
            return;
        }
        MemberState state = requireNonNull(table.state(heard.member()), "a member of the table");
        if (result == MemberTable.Heard.REFUTED) {
            buffer.putIfAbsent(state.belief());
        } else if (result == MemberTable.Heard.NEWS) {
            buffer.put(state.belief());
            tell(state, now);
        }
    }

    private void refute(int from, Belief accusation, long now) {
        if (!own.refute(accusation)) {
            return;
        }
        health.worse(1);
        observer.happened(MemberEvent.REFUTED);
        buffer.put(Belief.alive(self, own.refutations()));
        List<Integer> observers = accusation.observers();
        Set<Integer> accusers = new TreeSet<>(observers.subList(0, Math.min(Belief.OBSERVERS_MAX, observers.size())));
        accusers.add(from);
        accusers.retainAll(table.members());
        for (int accuser : accusers) {
            post.probe(accuser, 0, now);
        }
    }

    /** Tells a member that is not well what is believed of it, unless it was told a moment ago. */
    void tell(MemberState state, long now) {
        if (state.health() != MemberHealth.ALIVE && now - state.toldMillis() >= pace.probeTimeoutMillis()) {
            post.probe(state.belief().member(), 0, now);
        }
    }

    /**
     * Keeps asking about those who are suspect: themselves, whether they refute, and the others, whether they heard of it. Who
     * holds a refutation answers an old accusation with it.
     */
    void remind(long now) {
        List<MemberState> suspects = new ArrayList<>();
        for (int suspect : table.suspects()) {
            MemberState state = requireNonNull(table.state(suspect), "a suspect");
            buffer.putIfAbsent(state.belief());
            suspects.add(state);
        }
        suspects.sort(Comparator.comparingLong(MemberState::toldMillis));
        for (MemberState state : suspects.subList(0, Math.min(REMINDED_MAX, suspects.size()))) {
            tell(state, now);
        }
    }
}
