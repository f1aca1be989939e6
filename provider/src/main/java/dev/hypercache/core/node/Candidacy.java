package dev.hypercache.core.node;

import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.MemberSet;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/**
 * When this node runs for the leadership of a slot.
 *
 * <p>The replicas of a slot stand in an order of preference, and the first that is not suspected runs at once; the others
 * give it time, the more the further down they stand. Nobody runs while a leader is known that is not suspected. Being
 * wrong costs a duel and no data: whoever loses one waits a random time. Confined to its slot.
 */
final class Candidacy {

    private static final long RANK_MILLIS = 300;
    private static final int BACK_OFF_MILLIS = 150;
    private static final long ASK_MILLIS = 100;
    private static final long RETIRED_MILLIS = 3_000;
    /** So long a leader waits before it offers the slot to the replica that stands first, and twice as long each time. */
    private static final long RETURN_MILLIS_LEAST = 2_000;

    private static final long RETURN_MILLIS_MOST = 64_000;
    private static final long NOBODY_FOLLOWED = -1;

    private final SlotState state;
    private final int self;
    private final IntUnaryOperator dice;
    private BitSet suspected = new BitSet();
    private long highestSeen;
    private long notBeforeMillis;
    private long leaderlessSinceMillis;
    private boolean leaderless = true;
    /** Under this ballot another node was found to lead; if the promise is the same still, so is that. */
    private long followed = NOBODY_FOLLOWED;

    private boolean begun;
    private boolean retired;
    private long retiredAtMillis;
    private long askedAtMillis;
    private long handedOver;
    private long returnMillis = RETURN_MILLIS_LEAST;
    private long returnAtMillis;

    Candidacy(SlotState state, int self, IntUnaryOperator dice) {
        this.state = state;
        this.self = self;
        this.dice = dice;
    }

    void suspect(BitSet newSuspected, long now) {
        suspected = (BitSet) newSuspected.clone();
        suspected.clear(self);
        refresh(now);
    }

    /** How many of the slot's voters, the new ones in a switch, are not suspected. */
    int livingVoters() {
        return targets().size() - targets().countIn(suspected);
    }

    boolean isSuspected(int member) {
        return member >= 0 && suspected.get(member);
    }

    /** Whether another node leads, as far as known, and can be reached. */
    boolean hasLeader() {
        long promised = state.promise().ballot();
        if (promised == 0
                || Ballot.unpack(promised).epoch() < state.configuration().epoch()) {
            return false;
        }
        int leader = state.promise().leader();
        return leader >= 0
                && leader != self
                && !suspected.get(leader)
                && targets().contains(leader);
    }

    /** The time of a slot begins with its first event: before it nobody was without a leader. */
    private void begin(long now) {
        if (!begun) {
            begun = true;
            leaderlessSinceMillis = now;
        }
    }

    private void refresh(long now) {
        begin(now);
        boolean without = !hasLeader();
        followed = without ? NOBODY_FOLLOWED : state.promise().ballot();
        if (without && !leaderless) {
            leaderlessSinceMillis = now;
        }
        leaderless = without;
    }

    private MemberSet targets() {
        return state.configuration().targets();
    }

    /** Another ballot was seen; the next own one is above it. */
    void seen(long ballot) {
        if (Ballot.unpack(ballot).epoch() == state.configuration().epoch()) {
            highestSeen = Math.max(highestSeen, ballot);
        }
    }

    /** A leader spoke. */
    void heard(long now) {
        if (leaderless || followed != state.promise().ballot()) {
            refresh(now);
        }
    }

    /** Somebody asked for the leader here and there is none. */
    void wanted(long now) {
        refresh(now);
    }

    /** The slot has another configuration. */
    void reset(long now) {
        begun = true;
        retired = false;
        leaderless = true;
        leaderlessSinceMillis = now;
        notBeforeMillis = now;
    }

    /** A duel was lost. */
    void backOff(long now) {
        notBeforeMillis = now + 10 + dice.applyAsInt(BACK_OFF_MILLIS);
    }

    /** The own leadership ended. */
    void lost(long now) {
        leaderless = false;
        refresh(now);
    }

    /** This node leaves. It runs again only if nobody else does: its successor may never have heard. */
    void retire(long now) {
        retiredAtMillis = now;
        askedAtMillis = now - ASK_MILLIS;
        retired = true;
    }

    /** Whether this node has left the slot to others and none of them leads yet. */
    boolean isRetired(long now) {
        retired &= !hasLeader() && now - retiredAtMillis < RETIRED_MILLIS;
        return retired;
    }

    /** Whom to ask now to lead in place of this node, again and again until somebody does. */
    int successorToAsk(long now) {
        if (!isRetired(now) || now - askedAtMillis < ASK_MILLIS) {
            return Rejected.NOBODY;
        }
        askedAtMillis = now;
        return successor();
    }

    /** The leader asks this node to follow it. */
    void handOver(long now) {
        begun = true;
        leaderless = true;
        leaderlessSinceMillis = now - RANK_MILLIS * targets().size();
        notBeforeMillis = now;
        handedOver = state.promise().ballot();
    }

    /** This node leads, or tries to; calm for long enough, it offers what is not its own as soon as the first time. */
    void began(long now) {
        if (now - returnAtMillis > RETURN_MILLIS_MOST) {
            returnMillis = RETURN_MILLIS_LEAST;
        }
        returnAtMillis = now + returnMillis + dice.applyAsInt((int) returnMillis);
    }

    /** Whether a leader that does not stand first offers the slot to who does: leaders stay spread as the table says. */
    boolean isReturnDue(long now) {
        return now >= returnAtMillis;
    }

    /** What is offered may be in vain, as to a node that reaches no majority; so it is offered less and less often. */
    void returnOffered(long now) {
        returnMillis = Math.min(RETURN_MILLIS_MOST, 2 * returnMillis);
        returnAtMillis = now + returnMillis;
    }

    /** Whether it is this node's turn. */
    boolean isDue(long now) {
        if (isRetired(now) || now < notBeforeMillis || !targets().contains(self)) {
            return false;
        }
        if (handedOver != 0 && handedOver == state.promise().ballot()) {
            return true;
        }
        refresh(now);
        return leaderless && now - leaderlessSinceMillis >= rank() * RANK_MILLIS;
    }

    /** Whether this node may have to run without a further message. */
    boolean isWaiting() {
        return leaderless && targets().contains(self);
    }

    private int rank() {
        int rank = 0;
        for (int member : targets().toArray()) {
            if (member == self) {
                return rank;
            }
            rank += suspected.get(member) ? 0 : 1;
        }
        return rank;
    }

    /** Whom this node takes for the leader: whoever holds the promise, if that is another one who can be reached. */
    int knownLeader() {
        int leader = state.promise().leader();
        return leader == self || isSuspected(leader) ? preferred() : leader;
    }

    /** The replica that stands first among those not suspected. */
    int preferred() {
        for (int member : targets().toArray()) {
            if (!suspected.get(member)) {
                return member;
            }
        }
        return Rejected.NOBODY;
    }

    /** Who follows this node when it leaves. */
    int successor() {
        for (int member : targets().toArray()) {
            if (member != self && !suspected.get(member)) {
                return member;
            }
        }
        return Rejected.NOBODY;
    }

    /** A ballot of the slot's epoch above all of that epoch that were seen; above the own ones in any case. */
    long nextBallot() {
        int epoch = state.configuration().epoch();
        int round = Math.max(
                roundIn(epoch, highestSeen), roundIn(epoch, state.promise().ballot()));
        return new Ballot(epoch, round + 1, self).packed();
    }

    private static int roundIn(int epoch, long packed) {
        Ballot ballot = Ballot.unpack(packed);
        return ballot.epoch() == epoch ? ballot.round() : 0;
    }
}
