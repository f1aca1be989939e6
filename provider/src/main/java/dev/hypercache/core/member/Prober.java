package dev.hypercache.core.member;

import dev.hypercache.spi.membership.MemberHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Probes the other members, in turn.
 *
 * <p>A member that does not answer is asked again and again, lest a message that was lost shorten the silence that counts; after
 * a while it is asked by way of some others, too, since what breaks between two nodes says nothing of either. Only who answers to
 * nobody has failed its probe. At most one probe of each member is under way.
 */
final class Prober {

    /** How often a member that does not answer is asked within the time of a probe. */
    private static final int ASKED_PER_TIMEOUT = 5;

    private final SwimPace pace;
    private final MemberTable table;
    private final GossipPost post;
    private final LocalHealth health;
    private final ProbeOrder order;
    private final IntUnaryOperator dice;
    private final MemberObserver observer;
    private final Map<Integer, ProbeRound> open = new TreeMap<>();
    private long numbers;

    Prober(
            SwimPace pace,
            MemberTable table,
            GossipPost post,
            LocalHealth health,
            IntUnaryOperator dice,
            MemberObserver observer) {
        this.pace = pace;
        this.table = table;
        this.post = post;
        this.health = health;
        this.order = new ProbeOrder(dice);
        this.dice = dice;
        this.observer = observer;
    }

    void watch(Set<Integer> members) {
        order.watch(members);
        open.keySet().retainAll(members);
    }

    /** Begins to probe those whose turn it is. */
    void round(long now) {
        for (int left = Math.min(pace.probes(), order.size()); left > 0; left--) {
            begin(order.next(), now);
        }
    }

    /** Begins to probe a member, unless that is being done. */
    void begin(int member, long now) {
        if (open.containsKey(member)) {
            return;
        }
        ProbeRound round = new ProbeRound(++numbers, member, now, timeoutMillis());
        open.put(member, round);
        post.probe(member, round.number(), now);
    }

    private long timeoutMillis() {
        return health.stretched(pace.probeTimeoutMillis());
    }

    /**
     * Goes on with what waited for long enough.
     *
     * @return the probes that have failed
     */
    List<ProbeRound> tick(long now) {
        List<ProbeRound> failed = new ArrayList<>();
        for (ProbeRound round : List.copyOf(open.values())) {
            if (!round.isDue(now)) {
                askAgain(round, now);
            } else if (round.asksOthers()) {
                open.remove(round.member());
                failed.add(round);
                observer.happened(MemberEvent.PROBE_FAILED);
            } else {
                askOthers(round, now);
            }
        }
        return failed;
    }

    private void askAgain(ProbeRound round, long now) {
        if (round.asksAgain(Math.max(1, timeoutMillis() / ASKED_PER_TIMEOUT), now)) {
            post.probeAgain(round.member(), round.number(), now);
        }
    }

    private void askOthers(ProbeRound round, long now) {
        List<Integer> helpers = helpersFor(round.member());
        round.askOthers(helpers, now, timeoutMillis());
        if (!helpers.isEmpty()) {
            observer.happened(MemberEvent.HELP_ASKED);
        }
        for (int helper : helpers) {
            post.ask(helper, round.number(), round.member(), now);
        }
        askAgain(round, now);
    }

    /** Some that are alive, by chance. */
    private List<Integer> helpersFor(int member) {
        return table.someOf(
                pace.indirect(),
                state -> state.health() == MemberHealth.ALIVE && state.belief().member() != member,
                dice);
    }

    /** A member gave a sign of life at that time. */
    void heard(int member, long atMillis) {
        ProbeRound round = open.get(member);
        if (round != null && atMillis >= round.sentMillis()) {
            succeeded(round);
        }
    }

    /** A helper says that the member it was asked about answers. */
    void answeredBy(int helper, long number) {
        ProbeRound round = helpedBy(helper, number);
        if (round != null) {
            succeeded(round);
        }
    }

    /** A helper says that the member it was asked about does not answer it. */
    void missedBy(int helper, long number) {
        ProbeRound round = helpedBy(helper, number);
        if (round != null) {
            round.missed(helper);
        }
    }

    private @Nullable ProbeRound helpedBy(int helper, long number) {
        for (ProbeRound round : open.values()) {
            if (round.number() == number) {
                return round.isHelper(helper) ? round : null;
            }
        }
        return null;
    }

    private void succeeded(ProbeRound round) {
        open.remove(round.member());
        health.better();
        observer.happened(MemberEvent.PROBE_ANSWERED);
    }

    void postpone(long millis) {
        open.values().forEach(round -> round.postpone(millis));
    }

    int underWay() {
        return open.size();
    }
}
