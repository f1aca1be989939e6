package dev.hypercache.core.replica;

import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.AcceptClear;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.AskBucketVersions;
import dev.hypercache.core.message.AskBuckets;
import dev.hypercache.core.message.AskHeld;
import dev.hypercache.core.message.AskRecords;
import dev.hypercache.core.message.AskVersions;
import dev.hypercache.core.message.CallerAccept;
import dev.hypercache.core.message.ClearAccepted;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.message.Confirmed;
import dev.hypercache.core.message.FloorRaised;
import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Prepare;
import dev.hypercache.core.message.Promise;
import dev.hypercache.core.message.RaiseFloor;
import dev.hypercache.core.message.ReadReplica;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.RecordPage;
import dev.hypercache.core.message.Refusal;
import dev.hypercache.core.message.RepairMessage;
import dev.hypercache.core.message.ReplicaRead;
import dev.hypercache.core.message.VersionPage;
import dev.hypercache.core.record.Ballot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replica answers to those who lead its slot, and to those who read past the leader.
 *
 * <p>Each answer is decided by the promise; of itself it knows only when it told its clock last. Confined to its slot.
 */
public final class Follower {

    /** How often a leader is told this node's clock if nothing else has to be told. */
    private static final long CLOCK_MILLIS = 100;

    private final SlotState state;
    private final RepairAnswers repairs;
    private long clockToldAtMillis = Long.MIN_VALUE / 2;

    public Follower(SlotState state) {
        this.state = state;
        this.repairs = new RepairAnswers(state);
    }

    /** A leader in the making asks for a promise. */
    public Message answer(Prepare prepare) {
        boolean isPast =
                Ballot.unpack(prepare.ballot()).epoch() < state.configuration().epoch();
        if (isPast || !state.admit(prepare.ballot())) {
            return refusal(prepare.ballot()); // A promise given before is given again: the first may be lost.
        }
        return promise();
    }

    /** The promise as it stands, with what is held. */
    public Promise promise() {
        return new Promise(
                state.slot(),
                state.promise().ballot(),
                state.promise().before(),
                state.copy(),
                state.contents().summary(),
                state.floor(),
                state.slotTimeMillis(),
                state.clockMillis());
    }

    private Refusal refusal(long ballot) {
        return new Refusal(
                state.slot(),
                ballot,
                state.promise().ballot(),
                state.configuration().epoch());
    }

    /** A leader says what to hold. */
    public Message answer(Accept accept) {
        RecordEntry entry = accept.entry();
        boolean held =
                hold(accept.ballot(), accept.clears()) && state.apply(accept.ballot(), entry) != ApplyResult.FENCED;
        if (!held) {
            return refusal(accept.ballot());
        }
        learn(accept.committed(), accept.slotTimeMillis());
        return new Accepted(
                state.slot(), accept.ballot(), entry.name(), entry.record().version(), state.clockMillis());
    }

    private boolean hold(long ballot, List<ClearMark> clears) {
        for (ClearMark mark : clears) {
            if (!isTaken(state.clear(ballot, mark))) {
                return false;
            }
        }
        return state.admit(ballot);
    }

    private static boolean isTaken(ApplyResult result) {
        return result == ApplyResult.INSTALLED || result == ApplyResult.SUPERSEDED;
    }

    private void learn(long committed, long slotTimeMillis) {
        state.commit(committed);
        state.advanceTo(slotTimeMillis);
    }

    /** A leader says what is gone. */
    public Message answer(AcceptClear clear) {
        if (!isTaken(state.clear(clear.ballot(), clear.mark()))) {
            return refusal(clear.ballot());
        }
        state.advanceTo(clear.slotTimeMillis());
        return new ClearAccepted(
                state.slot(), clear.ballot(), clear.mark().cache(), clear.mark().version());
    }

    /** A leader asks whether it still leads. */
    public Message answer(Confirm confirm) {
        if (!state.admit(confirm.ballot())) {
            return refusal(confirm.ballot());
        }
        state.advanceTo(confirm.slotTimeMillis());
        if (confirm.filled() != Confirm.NO_COPY && confirm.filled() == state.copy()) {
            state.complete();
        }
        return new Confirmed(state.slot(), confirm.ballot(), confirm.round(), state.isComplete(), state.clockMillis());
    }

    /**
     * A leader says that tombstones may go.
     *
     * @return the answer; none if another copy is meant
     */
    public List<Message> answer(RaiseFloor raise) {
        if (!state.admit(raise.ballot())) {
            return List.of(refusal(raise.ballot()));
        }
        if (raise.copy() != state.copy()) {
            return List.of();
        }
        state.raiseFloor(raise.floor());
        state.advanceTo(raise.slotTimeMillis());
        return List.of(new FloorRaised(state.slot(), raise.ballot(), state.copy(), state.floor()));
    }

    /**
     * The answer to this node's own request rests on what it holds.
     *
     * @param now the steady clock
     * @return what to tell the leader; null if more was promised by now, and the answer does not count
     */
    public @Nullable List<Message> accept(long ballot, CallerAccept accept, long now) {
        if (!hold(ballot, accept.clears())) {
            return null;
        }
        List<Message> answers = new ArrayList<>();
        for (ClearMark mark : accept.clears()) {
            answers.add(new ClearAccepted(state.slot(), ballot, mark.cache(), mark.version()));
        }
        RecordEntry entry = accept.entry();
        if (entry != null) {
            state.apply(ballot, entry);
            answers.add(new Accepted(
                    state.slot(), ballot, entry.name(), entry.record().version(), state.clockMillis()));
        }
        learn(accept.committed(), accept.slotTimeMillis());
        if (answers.isEmpty() && now - clockToldAtMillis >= CLOCK_MILLIS) {
            clockToldAtMillis = now;
            answers.add(new Confirmed(state.slot(), ballot, Confirm.NO_ROUND, state.isComplete(), state.clockMillis()));
        }
        return answers;
    }

    /** A leader asks for every version. */
    public List<Message> answer(AskVersions ask) {
        if (!state.admit(ask.ballot())) {
            return List.of(refusal(ask.ballot()));
        }
        return pages(ask.ballot(), ask.attempt(), state.contents().versions());
    }

    private List<Message> pages(long ballot, int attempt, List<KeyVersion> versions) {
        int pages = Math.max(1, (versions.size() + VersionPage.VERSIONS_MAX - 1) / VersionPage.VERSIONS_MAX);
        List<Message> answers = new ArrayList<>(pages);
        for (int page = 0; page < pages; page++) {
            int from = page * VersionPage.VERSIONS_MAX;
            int to = Math.min(versions.size(), from + VersionPage.VERSIONS_MAX);
            answers.add(new VersionPage(
                    state.slot(),
                    ballot,
                    state.copy(),
                    attempt,
                    page,
                    pages,
                    List.copyOf(versions.subList(from, to)),
                    state.clears(),
                    state.knowledge()));
        }
        return answers;
    }

    /** A leader wants to know in what the replica differs; empty if it leads no more, or asked for something else. */
    public List<Message> answer(RepairMessage question) {
        if (question instanceof AskBuckets ask) {
            return repairs.answer(ask);
        }
        if (question instanceof AskBucketVersions ask && state.admit(ask.ballot())) {
            return pages(ask.ballot(), ask.attempt(), state.contents().versionsIn(ask.buckets()));
        }
        return question instanceof AskHeld ask ? repairs.answer(ask) : List.of();
    }

    /** A leader asks for records that it lacks. */
    public Message answer(AskRecords ask) {
        if (!state.admit(ask.ballot())) {
            return refusal(ask.ballot());
        }
        List<RecordEntry> entries = new ArrayList<>(ask.names().size());
        for (RecordKey name : ask.names()) {
            RecordEntry entry = state.entry(name);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return new RecordPage(state.slot(), ask.ballot(), List.copyOf(entries), state.slotTimeMillis());
    }

    /** Somebody reads without the leader. */
    public ReplicaRead answer(ReadReplica read) {
        long promised = state.promise().ballot();
        boolean refused = Ballot.unpack(promised).epoch() > read.epoch()
                || state.configuration().epoch() != read.epoch()
                || state.configuration().isSwitching();
        return new ReplicaRead(
                state.slot(),
                read.request(),
                refused,
                state.isComplete(),
                promised,
                state.entry(read.name()),
                state.clearOf(read.name().cache()),
                state.floor(),
                state.committed(),
                state.slotTimeMillis());
    }
}
