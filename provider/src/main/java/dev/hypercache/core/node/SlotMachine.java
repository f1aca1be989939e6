package dev.hypercache.core.node;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.lead.HoldLimits;
import dev.hypercache.core.lead.LeaderEvent;
import dev.hypercache.core.lead.LeaderObserver;
import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.leaderless.LeaderlessSlot;
import dev.hypercache.core.message.CallerAccept;
import dev.hypercache.core.message.HandOver;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.Refusal;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.RepairMessage;
import dev.hypercache.core.move.Moves;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.core.replica.Follower;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One slot on one node: a follower always, a leader at times.
 *
 * <p>Gets every message that concerns the slot and every suspicion, and decides when this node runs for the leadership.
 * Times are of two kinds: a steady clock for waiting, and the wall clock, which only ever moves slot time forward.
 * Confined to its slot: whoever calls guards it.
 */
public final class SlotMachine {

    /**
     * What a slot's machine needs of its node.
     *
     * @param moves the node's transfers
     * @param clockOffsetMillis by how much slot time may be ahead of the clock that a majority has reached
     * @param votersLeast with fewer living voters than this a slot takes no ordered writes
     * @param isHeard whether a member gave a sign of life just now, so that it will most likely answer at once
     */
    public record Node(
            int self,
            Outbox out,
            ValueEquality equality,
            LeaderObserver observer,
            HoldLimits holdLimits,
            HintLedger hints,
            Moves moves,
            long clockOffsetMillis,
            int votersLeast,
            IntUnaryOperator dice,
            IntPredicate isHeard,
            LeaderlessSlot.Node leaderless) {}

    private final SlotState state;
    private final Follower follower;
    private final Node node;
    private final Candidacy candidacy;
    private final Succession succession;
    private final RequestDoor door;
    private final LeaderlessDoor leaderlessDoor;
    private final LeaderlessSlot leaderless;
    private @Nullable Leadership leadership;
    private long nowMillis;

    public SlotMachine(SlotState state, Node node) {
        this.state = state;
        this.node = node;
        this.follower = new Follower(state);
        this.candidacy = new Candidacy(state, node.self(), node.dice());
        this.door = new RequestDoor(state, node.out(), () -> candidacy.livingVoters() < node.votersLeast());
        this.succession = new Succession(state, node, candidacy);
        this.leaderless = new LeaderlessSlot(state, node.leaderless());
        this.leaderlessDoor = new LeaderlessDoor(leaderless, node.leaderless().limits());
        if (state.configuration().isFirstOf(node.self())) {
            state.complete();
        }
    }

    public SlotState state() {
        return state;
    }

    /** The leadership of this node, null if it follows. */
    public @Nullable Leadership leadership() {
        return leadership;
    }

    /** The slot as far as caches are concerned that nobody orders. */
    public LeaderlessSlot leaderless() {
        return leaderless;
    }

    /** Whether this node leads the slot and serves requests. */
    public boolean isServing() {
        return leadership != null && leadership.isServing();
    }

    /** Whether requests can be performed by somebody, as far as known here. */
    public boolean hasLeader() {
        return leadership == null ? candidacy.hasLeader() : leadership.isServing();
    }

    /** The slot entered another epoch, or learners came or went. */
    public void configure(SlotConfiguration configuration, long now) {
        nowMillis = now;
        int epochBefore = state.configuration().epoch();
        boolean isNewEpoch = configuration.epoch() > epochBefore;
        if (isNewEpoch) {
            stepDown(); // Before a reset empties the copy: what the leader proposed is in there.
        }
        state.configure(configuration);
        if (configuration.isResetSince(epochBefore)) {
            node.observer().happened(LeaderEvent.SLOT_RESET);
            if (configuration.isFirstOf(node.self())) {
                state.complete();
                leaderless.complete();
            }
        }
        leaderless.reconfigured();
        Leadership mine = leadership;
        if (isNewEpoch) {
            candidacy.reset(now);
        } else if (mine != null && configuration.epoch() == epochBefore) {
            mine.configure(configuration);
        }
    }

    /** Who is thought to be unreachable now. */
    public void suspect(BitSet suspected, long now) {
        nowMillis = now;
        candidacy.suspect(suspected, now);
        leaderless.suspect(suspected);
    }

    /** Whether somebody spoke of an epoch that is not known here: the node has to read on in the topology log. */
    public boolean isBehind() {
        return state.isBehind() || leaderless.isBehind();
    }

    /** A message for this slot arrived. */
    public void receive(int from, Message message, long now, long wallMillis) {
        nowMillis = now;
        state.at(now, wallMillis);
        if (leaderlessDoor.receive(from, message, now, wallMillis)) {
            return;
        }
        if (!receiveAsFollower(from, message) && !receiveAsLeader(from, message)) {
            receiveRequest(from, message, wallMillis);
        }
        if (leadership != null && state.promise().ballot() > leadership.ballot()) {
            stepDown();
        } else if (leadership != null) {
            leadership.afterEvent();
        }
    }

    private boolean receiveAsFollower(int from, Message message) {
        List<Message> answers = FollowerInbox.receive(follower, message);
        if (answers == null) {
            return false;
        }
        answers.forEach(answer -> node.out().send(from, answer));
        if (message instanceof RepairMessage repair) {
            LeaderInbox.receiveOfRepair(leadership, from, repair, nowMillis);
        }
        candidacy.heard(nowMillis);
        return true;
    }

    private boolean receiveAsLeader(int from, Message message) {
        if (message instanceof Refusal refusal) {
            onRefusal(refusal);
            return true;
        }
        return LeaderInbox.receive(leadership, from, message, nowMillis);
    }

    private void onRefusal(Refusal refusal) {
        candidacy.seen(refusal.promised());
        Leadership mine = leadership;
        // A follower that entered another epoch before this node did follows nobody yet; the others may suffice.
        boolean isLost = mine != null && refusal.ballot() == mine.ballot() && refusal.promised() > mine.ballot();
        if (isLost && Ballot.unpack(refusal.promised()).round() > 0) {
            stepDown();
            candidacy.backOff(nowMillis);
        }
    }

    private void receiveRequest(int from, Message message, long wallMillis) {
        Leadership mine = leadership;
        if (message instanceof HandOver handOver) {
            if (handOver.ballot() == state.promise().ballot()) {
                candidacy.handOver(nowMillis);
                runIfDue();
            }
        } else if (door.takesIn(message)) {
            if (mine != null) {
                mine.advance(wallMillis, nowMillis);
                door.perform(from, message, mine, nowMillis);
            } else {
                candidacy.wanted(nowMillis);
                runIfDue();
                door.refuse(from, message, knownLeader());
            }
        }
    }

    /** The leader as far as known here: whoever holds the promise. */
    public int knownLeader() {
        return leadership != null ? node.self() : candidacy.knownLeader();
    }

    /**
     * This node's own request was answered, on the condition that its replica accepts what the answer rests on.
     *
     * @param wallMillis the wall clock
     * @return whether it did, so that the answer is chosen
     */
    public boolean accept(int leader, long ballot, CallerAccept accept, long now, long wallMillis) {
        nowMillis = now;
        state.at(now, wallMillis);
        List<Message> answers = follower.accept(ballot, accept, now);
        if (answers != null) {
            answers.forEach(answer -> node.out().send(leader, answer));
        }
        if (leadership != null && state.promise().ballot() > leadership.ballot()) {
            stepDown();
        }
        return answers != null;
    }

    /** Does what is due by now. */
    public void tick(long now, long wallMillis) {
        nowMillis = now;
        state.at(now, wallMillis);
        leaderless.tick(now, wallMillis);
        Leadership mine = leadership;
        if (mine != null) {
            mine.advance(wallMillis, now);
            mine.tick(now);
            if (mine.isStuck()) {
                node.observer().happened(LeaderEvent.TAKEOVER_RESTARTED);
                stepDown();
            } else {
                succession.offerReturn(mine, nowMillis);
            }
        }
        state.expireTokens(); // A follower keeps them, too, and would for ever.
        succession.ask(leadership, nowMillis);
        runIfDue();
    }

    private void runIfDue() {
        if (leadership == null && candidacy.isDue(nowMillis)) {
            long ballot = candidacy.nextBallot();
            state.admit(ballot);
            Leadership mine = new Leadership(state, ballot, LeaderSurroundings.of(node));
            leadership = mine;
            candidacy.began(nowMillis);
            mine.start(nowMillis);
        }
    }

    private void stepDown() {
        Leadership mine = leadership;
        if (mine != null) {
            leadership = null;
            int leader = state.promise().leader();
            mine.end(leader == node.self() ? Rejected.NOBODY : leader);
            candidacy.lost(nowMillis);
        }
    }

    /** The copy of this node is given up. */
    public void discard() {
        stepDown();
        leaderless.discard();
    }

    /** Hands the slot over to another voter, before this node leaves. */
    public void handOver(long now) {
        nowMillis = now;
        if (leadership != null && candidacy.successor() != Rejected.NOBODY) {
            stepDown();
            candidacy.retire(now);
            succession.ask(leadership, now);
        }
    }

    /** Whether nothing has to be done until the next message or suspicion. */
    public boolean isIdle() {
        return leaderless.isIdle() && (leadership == null ? !candidacy.isWaiting() : leadership.isIdle());
    }
}
