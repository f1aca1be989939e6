package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.ReadReplica;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.ReplicaRead;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a key at a majority of its slot's voters, past the leader.
 *
 * <p>The newest version that they answer is at least as new as anything chosen before the read began. It may be told once
 * it is known to be chosen itself: when a majority answered it, when the leader's own word says so, or after it was sent
 * once more, under its leader's ballot and unchanged, to those who lack it. In the epoch of a switch, or when a replica
 * follows a later epoch, only the leader can answer.
 */
public final class QuorumRead {

    /** Learns how a quorum read ended; exactly one method is called, once. */
    public interface Answer {
        /** The record that the key had; null if it had none. */
        void read(@Nullable StoredRecord record);

        /** The replicas could not settle it among themselves: the leader must be asked. */
        void askLeader();
    }

    /** What is asked, and until when. */
    record Question(long id, int slot, RecordKey name, long endsAtMillis) {}

    private final long id;
    private final int slot;
    private final RecordKey name;
    private final Outbox out;
    private final Answer answer;
    private final long endsAtMillis;
    private final SlotConfiguration configuration;
    private final Map<Integer, ReplicaRead> answers = new TreeMap<>();
    private final BitSet holders = new BitSet();
    private @Nullable RecordEntry newest;
    private @Nullable Version resent;
    private long slotTimeMillis;
    private boolean ended;

    QuorumRead(Question question, Routing routing, Outbox out, Answer answer) {
        this.id = question.id();
        this.slot = question.slot();
        this.name = question.name();
        this.out = out;
        this.answer = answer;
        this.endsAtMillis = question.endsAtMillis();
        this.configuration = routing.configuration(question.slot());
    }

    boolean isEnded() {
        return ended;
    }

    void start() {
        if (configuration.isSwitching()) {
            end(false);
            return;
        }
        for (int voter : configuration.voters().toArray()) {
            out.send(voter, new ReadReplica(slot, id, configuration.epoch(), name));
        }
    }

    void on(int from, ReplicaRead read) {
        if (ended || resent != null || !configuration.voters().contains(from)) {
            return;
        }
        if (read.refused()) {
            end(false);
            return;
        }
        answers.put(from, read);
        slotTimeMillis = Math.max(slotTimeMillis, read.slotTimeMillis());
        BitSet answered = new BitSet();
        answers.keySet().forEach(answered::set);
        if (configuration.voters().hasMajorityIn(answered)) {
            settle();
        }
    }

    private void settle() {
        ClearMark cleared = highestClear();
        RecordEntry alive = newestAbove(cleared);
        if (alive == null && cleared == null) {
            end(true);
            return;
        }
        newest = alive;
        Version version = alive != null
                ? alive.record().version()
                : Objects.requireNonNull(cleared).version();
        for (Map.Entry<Integer, ReplicaRead> one : answers.entrySet()) {
            Version held = alive != null ? ofRecord(one.getValue()) : ofClear(one.getValue());
            if (version.equals(held)) {
                holders.set(one.getKey());
            }
        }
        if (configuration.voters().hasMajorityIn(holders) || isKnownChosen(version)) {
            end(true);
        } else if (alive == null || isBoundToClear(alive)) {
            end(false); // A clear is the leader's to bring about.
        } else {
            resend(alive);
        }
    }

    private @Nullable ClearMark highestClear() {
        ClearMark highest = null;
        for (ReplicaRead read : answers.values()) {
            ClearMark cleared = read.cleared();
            highest = cleared != null && (highest == null || cleared.covers(highest)) ? cleared : highest;
        }
        return highest;
    }

    /** The newest record that the clear does not take. */
    private @Nullable RecordEntry newestAbove(@Nullable ClearMark cleared) {
        RecordEntry best = null;
        for (ReplicaRead read : answers.values()) {
            RecordEntry entry = read.entry();
            boolean isGone = entry == null
                    || (cleared != null && cleared.takes(entry.record().version(), entry.cleared()));
            if (!isGone && (best == null || entry.record().isNewerThan(best.record()))) {
                best = entry;
            }
        }
        return best;
    }

    private static @Nullable Version ofRecord(ReplicaRead read) {
        RecordEntry entry = read.entry();
        return entry == null ? null : entry.record().version();
    }

    private static @Nullable Version ofClear(ReplicaRead read) {
        ClearMark cleared = read.cleared();
        return cleared == null ? null : cleared.version();
    }

    /** Whether a record may rest on a clear that the record's own leader has not brought about yet. */
    private boolean isBoundToClear(RecordEntry entry) {
        long ballot = entry.record().ballot();
        return answers.values().stream()
                .map(ReplicaRead::cleared)
                .anyMatch(mark -> mark != null && mark.version().ballot() >= ballot);
    }

    private boolean isKnownChosen(Version version) {
        for (ReplicaRead read : answers.values()) {
            if (read.promised() == version.ballot()
                    && version.sequence() > Version.BEFORE_ALL
                    && version.sequence() <= read.committed()) {
                return true;
            }
        }
        return false;
    }

    private void resend(RecordEntry entry) {
        Version version = entry.record().version();
        resent = version;
        for (int voter : configuration.voters().toArray()) {
            if (!holders.get(voter)) {
                out.send(voter, new Accept(slot, version.ballot(), entry, List.of(), 0, slotTimeMillis));
            }
        }
    }

    void on(int from, Accepted accepted) {
        Version version = resent;
        if (ended
                || version == null
                || accepted.slot() != slot
                || accepted.ballot() != version.ballot()
                || !accepted.name().equals(name)
                || !accepted.version().equals(version)) {
            return;
        }
        holders.set(from);
        if (configuration.voters().hasMajorityIn(holders)) {
            end(true);
        }
    }

    void tick(long now) {
        if (!ended && now >= endsAtMillis) {
            end(false);
        }
    }

    private void end(boolean settled) {
        ended = true;
        if (!settled) {
            answer.askLeader();
            return;
        }
        RecordEntry entry = newest;
        answer.read(entry == null || entry.record().isTombstone() ? null : entry.record());
    }

    @Override
    public String toString() {
        return "QuorumRead[" + name + ", answers " + answers.keySet() + ", epoch " + configuration.epoch() + "]";
    }
}
