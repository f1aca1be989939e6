package dev.hypercache.topology.raft;

import io.microraft.RaftEndpoint;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.VoteRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a voter is stuck in a way that only a higher term ends, and tells the engine of one.
 *
 * <p><b>Silence (M2).</b> A follower that was about to stand for leader and then heard the old one again never stands again.
 * It is stuck if it has heard no leader for the heartbeat timeout and {@value #QUIET_MILLIS} ms, its engine sent no request for
 * a vote in that time, and neither term nor leader changed at {@value #TICKS} looks in a row. A minority that keeps asking for
 * votes is not stuck, nor is a leader that just stepped down.
 *
 * <p><b>Gap of terms (M7).</b> The engine does not read the term in a refusal of its pre-vote. Where all others are two terms
 * ahead or more and this voter has the best log, nobody is elected for ever.
 *
 * <p>The lever is a request for a vote that nobody can grant, since it claims an empty log: the engine takes from it that the
 * term exists, and nothing else. Only for a voter with entries of its own. Times are the engine's.
 */
final class TermLever {

    static final long LOOK_MILLIS = 500;

    private static final long QUIET_MILLIS = 2_500;
    private static final long PAUSE_MILLIS = 5_000;
    private static final int TICKS = 5;

    private final Object ring;
    private long leaderHeardAt;
    private long campaignedAt;
    private long builtAt;
    private long usedAt;
    private int quietLooks;
    private int seenTerm;
    private @Nullable RaftEndpoint seenLeader;

    TermLever(Object ring) {
        this.ring = ring;
    }

    void built(long now) {
        builtAt = now;
        leaderHeardAt = now;
        usedAt = now;
        quietLooks = 0;
    }

    void sent(RaftMessage message, long now) {
        if (message instanceof PreVoteRequest || message instanceof VoteRequest) {
            campaignedAt = now;
        }
    }

    void heard(RaftMessage message, int term, long now) {
        boolean isOfLeader = message instanceof AppendEntriesRequest || message instanceof InstallSnapshotRequest;
        if (isOfLeader && message.getTerm() >= term) {
            leaderHeardAt = now;
        }
    }

    /** Whether the leader was heard within its time. */
    boolean isLeaderHeard(long now) {
        return now - leaderHeardAt < Engine.HEARTBEAT_TIMEOUT_MILLIS;
    }

    /** The request that ends a silence; null while there is none to end. */
    @Nullable
    RaftMessage look(Engine engine, boolean hasEntries, long now) {
        if (now - usedAt < PAUSE_MILLIS || !engine.isVoter()) {
            return null;
        }
        if (engine.isLeader()) {
            leaderHeardAt = now;
            quietLooks = 0;
            return null;
        }
        boolean isQuiet = now - leaderHeardAt > Engine.HEARTBEAT_TIMEOUT_MILLIS + QUIET_MILLIS
                && now - campaignedAt > QUIET_MILLIS
                && now - builtAt > QUIET_MILLIS;
        boolean isSame = seenTerm == engine.term() && Objects.equals(seenLeader, engine.leader());
        quietLooks = isQuiet && isSame ? quietLooks + 1 : 0;
        seenTerm = engine.term();
        seenLeader = engine.leader();
        if (quietLooks < TICKS) {
            return null;
        }
        quietLooks = 0;
        usedAt = now;
        RaftEndpoint other = anotherNode(engine);
        return other != null && hasEntries ? request(engine.term() + 1, other) : null;
    }

    /** The only voter left has none but the leader that it waits for, which has left. */
    private static @Nullable RaftEndpoint anotherNode(Engine engine) {
        for (RaftEndpoint voter : engine.node().getEffectiveMembers().getVotingMembers()) {
            if (!voter.equals(engine.node().getLocalEndpoint())) {
                return voter;
            }
        }
        return engine.leader();
    }

    /** The request that closes a gap of terms; null if the message shows none. */
    @Nullable
    RaftMessage answer(RaftMessage message, Engine engine, boolean hasEntries) {
        boolean isGap = message instanceof PreVoteResponse response
                && !response.isGranted()
                && response.getTerm() > engine.term() + 1;
        return isGap && hasEntries && engine.isVoter() ? request(message.getTerm(), message.getSender()) : null;
    }

    private RaftMessage request(int term, RaftEndpoint from) {
        return EngineEntries.MODEL
                .createVoteRequestBuilder()
                .setGroupId(ring)
                .setSender(from)
                .setTerm(term)
                .setLastLogTerm(0)
                .setLastLogIndex(0)
                .setSticky(false)
                .build();
    }
}
