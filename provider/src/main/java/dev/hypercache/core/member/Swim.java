package dev.hypercache.core.member;

import static java.util.Objects.requireNonNull;

import dev.hypercache.core.message.AskProbe;
import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.Probe;
import dev.hypercache.core.message.ProbeAnswer;
import dev.hypercache.core.message.ProbeMissed;
import dev.hypercache.spi.membership.MemberHealth;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Finds out which of the other members answer, and spreads what it finds.
 *
 * <p>If every node pinged every other one, the cost would grow with the square of the ring, and one slow node would find all
 * the others dead. So each node probes a few others in turn, asks yet others for help before it accuses anybody, and what it
 * finds spreads with the messages that are sent anyway (SWIM). An accusation is a suspicion first. The accused learns of
 * it and refutes by counting its own word up, which outweighs every earlier accusation; if it does not in time, it is dead, and a
 * word of it brings it back even then. The time is long while one node alone suspects and short when others found the same, and
 * who has reason to doubt itself waits longer for everything (Lifeguard).
 *
 * <p>What comes out is advice. A member that can send and not receive is not noticed as long as it sends; whoever needs its
 * answers notices. Beliefs name a member by its short id, that is one life of a node; how often it refuted is counted
 * within that life and has nothing to do with how often the node was started.
 *
 * <p>References: Das, Gupta, Motivala: SWIM (2002); Dadgar, Phillips, Currey: Lifeguard (2018). Other than there a dead member
 * is probed on, since only the ring's log removes members, and who comes back is to be seen. Confined: whoever drives it
 * does so from one thread at a time.
 */
public final class Swim {

    private final int self;
    private final SwimPace pace;
    private final MemberObserver observer;
    private final IntUnaryOperator dice;
    private final LocalHealth health = new LocalHealth();
    private final Gossip gossip;
    private final MemberTable table;
    private final GossipPost post;
    private final Prober prober;
    private final ProbeErrands errands;
    private boolean isStarted;
    private long lastMillis;
    private long roundMillis;

    /**
     * @param self this node's short id
     * @param pace how it watches
     * @param out the way to the others
     * @param dice gives a number from 0 to below its argument, by chance
     * @param observer learns what it finds
     */
    public Swim(int self, SwimPace pace, Outbox out, IntUnaryOperator dice, MemberObserver observer) {
        this.self = self;
        this.pace = requireNonNull(pace, "pace");
        this.dice = requireNonNull(dice, "dice");
        this.observer = requireNonNull(observer, "observer");
        this.gossip = new Gossip(self, pace, requireNonNull(out, "out"), health, dice, observer);
        this.table = gossip.table();
        this.post = gossip.post();
        this.prober = new Prober(pace, table, post, health, dice, observer);
        this.errands = new ProbeErrands(pace, post, observer);
    }

    /**
     * Replaces the members. Those who are new count as alive, nothing is kept of those who are gone.
     *
     * @param members short ids; this node's own may be among them
     * @param now steady milliseconds, as in all methods
     */
    public void watch(Collection<Integer> members, long now) {
        Set<Integer> others = new HashSet<>(members);
        others.remove(self);
        gossip.watch(others, now);
        prober.watch(others);
        errands.retain(others);
    }

    /** Does what is due. To be called several times within half a probe's timeout, or this node takes itself for paused. */
    public void tick(long now) {
        notice(now);
        errands.tick(now);
        for (ProbeRound failed : prober.tick(now)) {
            failed(failed, now);
        }
        gossip.tick(now);
        if (now >= roundMillis) {
            roundMillis = now + health.stretched(pace.intervalMillis());
            prober.round(now);
            gossip.remind(now);
        }
    }

    /** Who did nothing for a while, because its process stood still, has waited for nobody. */
    private void notice(long now) {
        if (!isStarted) {
            isStarted = true;
            lastMillis = now;
            roundMillis = now + dice.applyAsInt((int) Math.min(Integer.MAX_VALUE, pace.intervalMillis()));
        }
        long pausedMillis = now - lastMillis;
        lastMillis = Math.max(now, lastMillis);
        if (pausedMillis > pace.pauseMillis()) {
            health.worse(1);
            prober.postpone(pausedMillis);
            errands.postpone(pausedMillis);
            table.postpone(pausedMillis);
            observer.happened(MemberEvent.PAUSED);
        }
    }

    /** If neither the member nor any helper was heard, it may be this node that is slow; it doubts itself first. */
    private void failed(ProbeRound round, long now) {
        MemberState state = table.state(round.member());
        if (state == null) {
            return;
        }
        boolean isOwnFault = round.helpers() > 0 && round.silentHelpers() == round.helpers() && !health.isWorst();
        if (state.health() == MemberHealth.ALIVE) {
            health.worse(round.helpers() == 0 ? 1 : round.silentHelpers());
        }
        if (isOwnFault) {
            observer.happened(MemberEvent.BLAMED_ITSELF);
        } else {
            gossip.accuse(state, now);
        }
    }

    /** Takes in a message of another member. */
    public void receive(int from, GossipMessage message, long now) {
        notice(now);
        gossip.receive(from, message, now);
        if (message instanceof Probe probe) {
            post.answer(from, probe.probe(), now);
        } else if (message instanceof ProbeAnswer answer) {
            prober.answeredBy(from, answer.probe());
        } else if (message instanceof AskProbe ask) {
            help(from, ask, now);
        } else if (message instanceof ProbeMissed missed) {
            prober.missedBy(from, missed.probe());
        }
        heard(from, now, now);
    }

    private void help(int asker, AskProbe ask, long now) {
        if (ask.member() == self) {
            post.answer(asker, ask.probe(), now);
        } else if (table.state(asker) != null && table.state(ask.member()) != null) {
            errands.take(asker, ask.probe(), ask.member(), now);
        }
    }

    /**
     * Any frame of a member is a sign of life: a probe of it has its answer, and if it is believed not to be well, it is told,
     * so that it can refute.
     *
     * @param atMillis when it was heard last, at most {@code now}
     */
    public void heard(int member, long atMillis, long now) {
        prober.heard(member, atMillis);
        errands.heard(member, atMillis, now);
        MemberState state = table.state(member);
        if (state != null && atMillis > state.changedMillis()) {
            gossip.tell(state, now);
        }
    }

    /**
     * The last connection with a member is gone: it is suspected at once. Only if this node has reason to doubt itself, it probes
     * the member first.
     */
    public void lost(int member, long now) {
        notice(now);
        MemberState state = table.state(member);
        if (state == null || state.health() == MemberHealth.DEAD) {
            return;
        }
        if (health.slowness() == 0) {
            gossip.accuse(state, now);
        } else {
            prober.begin(member, now);
        }
    }

    /** How a member fares; {@link MemberHealth#ALIVE} if it is none. */
    public MemberHealth health(int member) {
        MemberState state = table.state(member);
        return state == null ? MemberHealth.ALIVE : state.health();
    }

    /** How many of the other members fare so. */
    public int count(MemberHealth health) {
        return table.count(health);
    }

    /** Counts the changes of who is watched and how they fare. */
    public long version() {
        return table.version();
    }

    /** How many times its own length each timeout of this node is longer, because it has reason to doubt itself: 0 to 8. */
    public int slowness() {
        return health.slowness();
    }

    /** How many beliefs wait to be spread. */
    public int newsWaiting() {
        return gossip.waiting();
    }

    /** How many probes are under way, of this node's own and for others. */
    public int probesUnderWay() {
        return prober.underWay() + errands.size();
    }
}
